package dev.logdash.server;

import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What a small web shop logs, in the formats of its five services: requests through a gateway, with
 * what they caused behind it, and a job that sends invoices. Every five minutes somebody deploys
 * the payment service with too small a connection pool; half a minute later it runs dry, and
 * checkouts fail and slow down until the deployment is rolled back another minute later. The same
 * seed makes the same shop.
 */
final class DemoTraffic {

  /** How often the shop has its incident, in seconds; it starts at multiples of this since 1970. */
  static final long INCIDENT_EACH = 300;

  private static final long DEPLOY_AT = 120;
  private static final long POOL_DRY_AT = 150;
  private static final long ROLLBACK_AT = 210;

  private static final DateTimeFormatter ACCESS =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LAYOUT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
    "okhttp/4.12.0"
  };
  private static final String[] WORDS = {"lamp", "chair", "kettle", "café table", "rug", "clock"};

  private final Random random;
  private long second = -1;

  DemoTraffic(long seed) {
    random = new Random(seed);
  }

  /** What is logged in the second that starts at a time, in seconds since 1970. */
  List<Submission> second(long start) {
    second = start;
    List<Submission> lines = new ArrayList<>();
    long phase = Math.floorMod(start, INCIDENT_EACH);
    if (phase == DEPLOY_AT) {
      deploy(lines, "2.14.0", 2);
    } else if (phase == ROLLBACK_AT) {
      deploy(lines, "2.13.4", 20);
    }
    if (start % 30 == 0) {
      job(lines);
    }
    int requests = 4 + random.nextInt(5);
    for (int i = 0; i < requests; i++) {
      request(lines, isPoolDry(phase));
    }
    return lines;
  }

  private static boolean isPoolDry(long phase) {
    return phase >= POOL_DRY_AT && phase < ROLLBACK_AT;
  }

  private void request(List<Submission> lines, boolean dry) {
    Instant at = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
    byte[] id = new byte[16];
    random.nextBytes(id);
    String trace = HexFormat.of().formatHex(id);
    int order = 10_000 + random.nextInt(90_000);
    switch (random.nextInt(10)) {
      case 0:
      case 1:
        checkout(lines, at, trace, order, dry);
        return;
      case 2:
        int missing = random.nextInt(5) == 0 ? 404 : 200;
        access(lines, at, "GET", "/api/v1/orders/" + order, missing, millis(12, 8));
        return;
      default:
        search(lines, at, trace);
    }
  }

  private void checkout(List<Submission> lines, Instant at, String trace, int order, boolean dry) {
    boolean fails = dry && random.nextInt(10) < 7;
    long millis = fails ? 3_000 + random.nextInt(200) : dry ? millis(900, 400) : millis(80, 40);
    layout(
        lines,
        at,
        "INFO",
        "CheckoutController",
        "placing order "
            + order
            + " for customer "
            + random.nextInt(5_000)
            + ", "
            + (1 + random.nextInt(4))
            + " items");
    if (fails) {
      payment(
          lines,
          at.plusMillis(millis),
          trace,
          "ERROR",
          "no connection to payment-db within 3000 ms, pool of 2 is exhausted, order " + order,
          millis,
          503);
      String thrown =
          "order "
              + order
              + " failed: payment answered 503\n"
              + "com.example.shop.PaymentException: 503 from payment\n"
              + "\tat com.example.shop.PaymentClient.charge(PaymentClient.java:87)\n"
              + "\tat com.example.shop.CheckoutService.place(CheckoutService.java:142)\n"
              + "\tat com.example.shop.CheckoutController.post(CheckoutController.java:38)\n"
              + "Caused by: java.net.http.HttpTimeoutException: request timed out\n"
              + "\tat com.example.shop.PaymentClient.charge(PaymentClient.java:81)\n"
              + "\t... 2 more";
      layout(lines, at.plusMillis(millis), "ERROR", "CheckoutController", thrown);
    } else {
      payment(
          lines, at.plusMillis(millis), trace, "INFO", "charged order " + order, millis / 2, 200);
    }
    access(lines, at, "POST", "/api/v1/checkout", fails ? 503 : 201, millis + 4);
  }

  private void search(List<Submission> lines, Instant at, String trace) {
    String word = WORDS[random.nextInt(WORDS.length)];
    long millis = millis(20, 15);
    boolean slow = random.nextInt(60) == 0;
    add(
        lines,
        "catalog",
        "catalog.log",
        "ts="
            + at
            + " level="
            + (slow ? "warn" : "info")
            + " trace_id="
            + trace
            + " msg=\""
            + (slow ? "slow query" : "query")
            + "\" term=\""
            + word
            + "\" hits="
            + random.nextInt(40)
            + " duration_ms="
            + (slow ? 40 * millis : millis));
    access(
        lines,
        at,
        "GET",
        "/api/v1/products?q=" + word.replace(" ", "%20"),
        200,
        (slow ? 40 * millis : millis) + 2);
  }

  private void deploy(List<Submission> lines, String version, int pool) {
    Instant at = Instant.ofEpochSecond(second);
    payment(lines, at, "", "INFO", "starting payment " + version, 0, 0);
    payment(lines, at, "", "WARN", "connection pool payment-db: maximum size is now " + pool, 0, 0);
    payment(lines, at.plusMillis(400), "", "INFO", "payment " + version + " is ready", 0, 0);
  }

  private void job(List<Submission> lines) {
    Instant at = Instant.ofEpochSecond(second, 5_000_000);
    add(
        lines,
        "billing",
        "billing.log",
        LAYOUT.format(at).replace('.', ',')
            + " INFO  [invoice-job] com.example.billing.InvoiceJob - sent "
            + (20 + random.nextInt(80))
            + " invoices");
  }

  private void access(
      List<Submission> lines, Instant at, String method, String url, int status, long millis) {
    String line =
        "203.0.113."
            + (1 + random.nextInt(200))
            + " - - ["
            + ACCESS.format(at)
            + "] \""
            + method
            + ' '
            + url
            + " HTTP/1.1\" "
            + status
            + ' '
            + (200 + random.nextInt(9_000))
            + " \"https://shop.example/\" \""
            + AGENTS[random.nextInt(AGENTS.length)]
            + "\" "
            + String.format(Locale.ROOT, "%.3f", millis / 1e3);
    add(lines, "gateway", "gateway/access.log", line);
  }

  private void layout(
      List<Submission> lines, Instant at, String level, String logger, String message) {
    String start =
        LAYOUT.format(at)
            + ' '
            + String.format(Locale.ROOT, "%5s", level)
            + " 17 --- [nio-8080-exec-"
            + (1 + random.nextInt(8))
            + "] com.example.shop."
            + logger
            + " : ";
    for (String line : (start + message).split("\n", -1)) {
      add(lines, "checkout", "checkout.log", line);
    }
  }

  private void payment(
      List<Submission> lines,
      Instant at,
      String trace,
      String level,
      String message,
      long millis,
      int status) {
    String request =
        status == 0
            ? ""
            : ",\"trace.id\":\""
                + trace
                + "\",\"http.request.method\":\"POST\",\"http.route\":"
                + "\"/charges\",\"http.response.status_code\":"
                + status
                + ",\"event.duration\":"
                + millis * 1_000_000;
    add(
        lines,
        "payment",
        "payment.json",
        "{\"@timestamp\":\""
            + at
            + "\",\"log.level\":\""
            + level
            + "\",\"log.logger\":\"com.example.payment.Charges\",\"service.name\":\"payment\","
            + "\"message\":\""
            + message
            + '"'
            + request
            + '}');
  }

  private long millis(double mean, double spread) {
    return Math.max(1, Math.round(mean + spread * random.nextGaussian()));
  }

  private static void add(List<Submission> lines, String service, String source, String line) {
    lines.add(Submission.of(line, source).withHeaders(Map.of(Headers.SERVICE, service)));
  }
}

package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Lines of one day in five formats, one file each: the same for the same seed, number and day.
 * Values are skewed as in real logs: few are frequent, many are rare.
 */
final class GeneratedLines {

  private static final DateTimeFormatter ACCESS =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LAYOUT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SYSLOG =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final long DAY_MILLIS = 86_400_000;

  private static final String[] METHODS = {"GET", "GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final String[] PATHS = {
    "/api/v1/orders/#",
    "/api/v1/orders",
    "/api/v1/customers/#/addresses",
    "/products/#",
    "/static/app.js",
    "/static/style.css",
    "/search?q=@&page=#",
    "/login",
    "/cart/items/#",
    "/api/v2/payments/#/status",
    "/images/@.png",
    "/health",
    "/blog/@",
    "/feed.xml",
    "/admin/@"
  };
  private static final int[] STATUS = {200, 200, 200, 200, 304, 200, 404, 301, 302, 403, 500, 503};
  private static final String[] AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%d.1 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:%1$d.0) Gecko/20100101 Firefox/%1$d.0",
    "Mozilla/5.0 (compatible; Googlebot/2.%d; +http://www.google.com/bot.html)",
    "curl/7.%d.0"
  };
  private static final String[] WORDS =
      ("request order customer payment session cache timeout retry connection database index user "
              + "queue worker thread started finished failed accepted rejected invoice shipment stock "
              + "catalog refresh token lease partition offset commit rollback replica leader follower "
              + "heartbeat snapshot upload download checksum digest header body page batch")
          .split(" ");
  private static final String[] MESSAGES = {
    "Order {} processed for customer {} in {} ms",
    "Payment {} authorised by provider @, amount {} cents",
    "Cache miss for key product:{} in region @, loading from database",
    "Session {} of user user{} expired after {} s",
    "Retrying call to service @, attempt {} of 5, next in {} ms",
    "Consumed batch of {} records from topic @, partition {}, offset {}",
    "Connection pool @ has {} active and {} idle connections",
    "Slow query took {} ms: select * from @ where id = {} order by created_at desc limit 50",
    "Upload of file @-{}.pdf finished, {} bytes, checksum {}",
    "User user{} logged in from 10.{}.{}.7 with role @"
  };
  private static final String[] FAILURES = {
    "java.lang.IllegalStateException: order {} is @ already",
    "java.util.concurrent.TimeoutException: no answer of @ within {} ms",
    "java.sql.SQLTransientConnectionException: pool-@ - Connection is not available, request timed out after {}ms.",
    "java.lang.NullPointerException: Cannot invoke \"Customer.id()\" because \"customer\" is null"
  };

  private final Random random = new Random(20_260_101);
  private final long start;

  private GeneratedLines(Instant end) {
    start = end.toEpochMilli() - DAY_MILLIS;
  }

  /**
   * Writes the files.
   *
   * @param end of the day that the lines are spread over
   */
  static List<Path> write(Path folder, long lines, Instant end) throws IOException {
    Files.createDirectories(folder);
    GeneratedLines generated = new GeneratedLines(end);
    List<Path> files = new ArrayList<>();
    files.add(generated.file(folder.resolve("access.log"), lines * 45 / 100, generated::access));
    files.add(generated.file(folder.resolve("shop.log"), lines * 25 / 100, generated::layout));
    files.add(generated.file(folder.resolve("gateway.json"), lines * 15 / 100, generated::json));
    files.add(generated.file(folder.resolve("worker.log"), lines * 10 / 100, generated::logfmt));
    files.add(generated.file(folder.resolve("messages"), lines * 5 / 100, generated::syslog));
    return files;
  }

  private Path file(Path file, long lines, Writer writer) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      long written = 0;
      StringBuilder text = new StringBuilder();
      while (written < lines) {
        text.setLength(0);
        Instant time =
            Instant.ofEpochMilli(start + DAY_MILLIS * written / lines + random.nextInt(5));
        written += writer.write(time, lines - written, text);
        out.append(text);
      }
    }
    return file;
  }

  private int access(Instant time, long left, StringBuilder out) {
    out.append(10 + skewed(200)).append('.').append(skewed(256)).append('.').append(skewed(256));
    out.append('.').append(random.nextInt(256)).append(" - - [");
    ACCESS.formatTo(time, out);
    out.append("] \"").append(pick(METHODS)).append(' ');
    fill(pick(PATHS), out);
    out.append(" HTTP/1.1\" ").append(STATUS[skewed(STATUS.length)]).append(' ');
    out.append(200 + skewed(60_000)).append(" \"");
    if (random.nextInt(3) == 0) {
      out.append('-');
    } else {
      out.append("https://shop.example.com");
      fill(pick(PATHS), out);
    }
    out.append("\" \"");
    out.append(String.format(Locale.ROOT, pick(AGENTS), 60 + skewed(60))).append("\"\n");
    return 1;
  }

  private int layout(Instant time, long left, StringBuilder out) {
    boolean failed = random.nextInt(200) == 0 && left > 40;
    LAYOUT.formatTo(time, out);
    out.append(' ').append(failed ? "ERROR" : level()).append(" [http-nio-8080-exec-");
    out.append(1 + skewed(32)).append("] com.example.shop.").append(pick(WORDS)).append('.');
    String logger = pick(WORDS);
    out.append(Character.toUpperCase(logger.charAt(0))).append(logger, 1, logger.length());
    out.append("Service - ");
    fill(MESSAGES[skewed(MESSAGES.length)], out);
    out.append('\n');
    if (!failed) {
      return 1;
    }
    fill(pick(FAILURES), out);
    out.append('\n');
    int frames = 6 + random.nextInt(24);
    for (int i = 0; i < frames; i++) {
      out.append("\tat com.example.shop.").append(pick(WORDS)).append(".Handler.");
      out.append(pick(WORDS)).append("(Handler.java:").append(20 + skewed(400)).append(")\n");
    }
    return 2 + frames;
  }

  private int json(Instant time, long left, StringBuilder out) {
    out.append("{\"@timestamp\":\"");
    ISO.formatTo(time, out);
    out.append("\",\"@version\":\"1\",\"message\":\"");
    fill(MESSAGES[skewed(MESSAGES.length)], out);
    out.append("\",\"logger_name\":\"com.example.gateway.").append(pick(WORDS));
    out.append("\",\"thread_name\":\"reactor-").append(1 + skewed(8)).append("\",\"level\":\"");
    out.append(level().trim()).append("\",\"service.name\":\"gateway-").append(1 + skewed(6));
    out.append("\",\"trace.id\":\"").append(hex(16)).append("\",\"span.id\":\"").append(hex(8));
    out.append("\",\"event.duration\":").append(100_000L + (long) skewed(2_000_000) * 1_000);
    out.append(",\"tenant\":\"tenant-").append(skewed(300)).append("\"}\n");
    return 1;
  }

  private int logfmt(Instant time, long left, StringBuilder out) {
    out.append("ts=");
    ISO.formatTo(time, out);
    out.append(" level=").append(level().trim().toLowerCase(Locale.ROOT)).append(" msg=\"");
    fill(MESSAGES[skewed(MESSAGES.length)], out);
    out.append("\" service=worker-").append(1 + skewed(12)).append(" job=").append(pick(WORDS));
    out.append(" attempt=").append(1 + skewed(5)).append(" rows=").append(skewed(100_000));
    out.append(" took=").append(1 + skewed(9_000)).append("ms\n");
    return 1;
  }

  private int syslog(Instant time, long left, StringBuilder out) {
    SYSLOG.formatTo(time, out);
    out.append(" host").append(1 + skewed(40)).append(" sshd[").append(1_000 + skewed(30_000));
    out.append("]: ");
    if (random.nextBoolean()) {
      out.append("Failed password for invalid user ").append(pick(WORDS)).append(" from 203.0.");
    } else {
      out.append("Connection closed by authenticating user root 198.51.");
    }
    out.append(skewed(256)).append('.').append(random.nextInt(256)).append(" port ");
    out.append(1_024 + random.nextInt(60_000)).append(" ssh2\n");
    return 1;
  }

  private String level() {
    int number = random.nextInt(1_000);
    return number < 8 ? "ERROR" : number < 50 ? "WARN " : number < 850 ? "INFO " : "DEBUG";
  }

  /** Puts a number for each pair of braces or number sign, a word for each at sign. */
  private void fill(String template, StringBuilder out) {
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '{') {
        out.append(skewed(1_000_000));
        i++;
      } else if (c == '#') {
        out.append(skewed(50_000));
      } else if (c == '@') {
        out.append(pick(WORDS));
      } else {
        out.append(c);
      }
    }
  }

  private String hex(int bytes) {
    StringBuilder text = new StringBuilder(2 * bytes);
    for (int i = 0; i < bytes; i++) {
      int value = random.nextInt(256);
      text.append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
    }
    return text.toString();
  }

  private String pick(String[] choices) {
    return choices[skewed(choices.length)];
  }

  /** A number below a bound, the small ones more often. */
  private int skewed(int bound) {
    double uniform = random.nextDouble();
    return (int) (uniform * uniform * bound);
  }

  /** Writes one event of at most so many lines and answers how many it has. */
  private interface Writer {
    int write(Instant time, long left, StringBuilder out);
  }
}

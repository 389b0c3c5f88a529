package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Events as a shop would send them, each with a number of its own by which it is found again. */
final class LoadLines {

  private static final Pattern NUMBER = Pattern.compile("\\[load (\\d+)]");
  private static final int BYTES_PER_LINE = 300;

  private LoadLines() {}

  /**
   * Lines of JSON, the same for the same numbers but for their time.
   *
   * @param from the number of the first
   */
  static byte[] body(long from, int count, Instant time) {
    SplittableRandom random = new SplittableRandom(from);
    StringBuilder body = new StringBuilder(count * BYTES_PER_LINE);
    for (long number = from; number < from + count; number++) {
      line(random, number, time, body);
    }
    return body.toString().getBytes(UTF_8);
  }

  /** The number of an event, as {@code search --json} printed it; -1 if it has none. */
  static long number(String event) {
    Matcher matcher = NUMBER.matcher(event);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private static void line(SplittableRandom random, long number, Instant time, StringBuilder out) {
    int chance = random.nextInt(1_000);
    String level = chance < 10 ? "ERROR" : chance < 60 ? "WARN" : "INFO";
    out.append("{\"@timestamp\":\"").append(time).append("\",\"log.level\":\"").append(level);
    out.append("\",\"service.name\":\"shop-").append(random.nextInt(8));
    if (random.nextInt(3) == 0) {
      out.append("\",\"http.request.method\":\"GET\",\"http.response.status_code\":");
      out.append(chance < 10 ? 503 : 200).append(",\"http.route\":\"/orders/{id}\"");
      out.append(",\"event.duration\":").append(1_000_000L + random.nextInt(90_000_000));
      out.append(",\"message\":\"GET /orders/").append(random.nextInt(1_000_000));
    } else {
      out.append("\",\"log.logger\":\"com.example.shop.OrderService\"");
      out.append(",\"process.thread.name\":\"worker-").append(random.nextInt(16));
      out.append("\",\"message\":\"Order ").append(random.nextInt(1_000_000));
      out.append(chance < 10 ? " timed out for customer " : " processed for customer ");
      out.append(random.nextInt(100_000));
    }
    out.append(" in ").append(random.nextInt(900)).append(" ms [load ").append(number);
    out.append("]\"}\n");
  }
}

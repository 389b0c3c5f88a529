package dev.logdash.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lines of one format, alike but not the same, as a parser meets them: real ones out of the folder
 * that {@code -Dlogdash.bench.data} names, generated ones where there is no such file.
 */
final class Samples {

  static final int COUNT = 1_024;

  // In the middle of the day of the generated lines.
  private static final long NOON = 1_747_483_200_000_000_000L;

  private static final String[] AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
        + " Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "curl/7.88.1"
  };

  private Samples() {}

  static String access(Random random) {
    return "%d.%d.%d.%d - - [17/May/2025:%02d:%02d:%02d +0000] \"GET /products/%d/reviews HTTP/1.1\" %d %d \"https://shop.example.com/search?q=%d\" \"%s\""
        .formatted(
            10 + random.nextInt(200),
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(50_000),
            random.nextInt(10) == 0 ? 404 : 200,
            random.nextInt(60_000),
            random.nextInt(1_000),
            AGENTS[random.nextInt(AGENTS.length)]);
  }

  static String layout(Random random) {
    return "2025-05-17 %02d:%02d:%02d,%03d INFO  [http-nio-8080-exec-%d] com.example.shop.order.OrderService: Order %d processed for customer %d in %d ms"
        .formatted(
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000),
            random.nextInt(32),
            random.nextInt(1_000_000),
            random.nextInt(50_000),
            random.nextInt(5_000));
  }

  static String syslog3164(Random random) {
    return "<%d>May %2d %02d:%02d:%02d host%d sshd[%d]: Failed password for invalid user admin from 203.0.113.%d port %d ssh2"
        .formatted(
            8 + random.nextInt(180),
            1 + random.nextInt(28),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(40),
            random.nextInt(30_000),
            random.nextInt(256),
            1_024 + random.nextInt(60_000));
  }

  static String syslog5424(Random random) {
    return "<%d>1 2025-05-17T%02d:%02d:%02d.%03dZ host%d.example.com shop %d ID%d [origin@32473 ip=\"203.0.113.%d\" software=\"shop\"] Order %d was accepted by the payment provider"
        .formatted(
            8 + random.nextInt(180),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000),
            random.nextInt(40),
            random.nextInt(30_000),
            random.nextInt(100),
            random.nextInt(256),
            random.nextInt(1_000_000));
  }

  static String json(Random random) {
    return "{\"@timestamp\":\"2025-05-17T%02d:%02d:%02d.%03dZ\",\"@version\":\"1\",\"message\":\"Order %d processed for customer %d\",\"logger_name\":\"com.example.shop.order.OrderService\",\"thread_name\":\"http-nio-8080-exec-%d\",\"level\":\"INFO\",\"level_value\":20000,\"service.name\":\"shop\",\"trace.id\":\"%016x%016x\",\"span.id\":\"%016x\",\"event.duration\":%d,\"tenant\":\"tenant-%d\"}"
        .formatted(
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000),
            random.nextInt(1_000_000),
            random.nextInt(50_000),
            random.nextInt(32),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextInt(1_000_000_000),
            random.nextInt(300));
  }

  static String logfmt(Random random) {
    return "ts=2025-05-17T%02d:%02d:%02d.%03dZ level=info msg=\"order %d processed\" service=shop job=refresh attempt=%d rows=%d took=%dms host=host%d"
        .formatted(
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000),
            random.nextInt(1_000_000),
            random.nextInt(5),
            random.nextInt(100_000),
            random.nextInt(9_000),
            random.nextInt(40));
  }

  /** Lines of a format by its name. */
  static List<String> of(String format) {
    return switch (format) {
      case "access" -> of("apache_combined_10k.log", Samples::access);
      case "layout" -> of("loghub_Hadoop_2k.log", Samples::layout);
      case "syslog3164" -> of("auth_syslog3164_pri.log", Samples::syslog3164);
      case "syslog5424" -> of("auth_syslog5424.log", Samples::syslog5424);
      case "json" -> of("app_json.log", Samples::json);
      case "logfmt" -> of("access_logfmt.log", Samples::logfmt);
      default -> throw new IllegalArgumentException(format);
    };
  }

  private static List<String> of(String file, Function<Random, String> generated) {
    Path real = Path.of(System.getProperty("logdash.bench.data", "")).resolve(file);
    if (!Files.exists(real)) {
      return of(generated);
    }
    try (Stream<String> lines = Files.lines(real)) {
      return lines.limit(COUNT).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record of a producer with a line. */
  static RawRecord record(int seq, byte[] line) {
    return new RawRecord(
        Origin.ofProducer(1, 1, seq),
        seq,
        NOON,
        RawRecord.DEFAULT_DATASET,
        "sample.log",
        Map.of(),
        line,
        0,
        line.length);
  }

  static List<String> of(Function<Random, String> line) {
    Random random = new Random(20_260_101);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      lines.add(line.apply(random));
    }
    return lines;
  }

  static byte[][] bytes(List<String> lines) {
    return lines.stream().map(line -> line.getBytes(UTF_8)).toArray(byte[][]::new);
  }
}

package dev.logdash.server;

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
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Log files of several formats, made from a seed, in which each line has a number of its own; and
 * what is to become of them.
 */
final class NumberedLogs {

  /** What each line has once. */
  static final Pattern NUMBER = Pattern.compile("n(\\d{7})x");

  /** What must not reach a disk. */
  static final List<String> SECRETS = List.of("tulip-Kx81-bravo", "5500005555555559");

  private static final int FILES = 8;
  private static final int POISON_EVERY = 100;
  private static final int SPAN_MILLIS = 600_000;
  private static final int LATE_MILLIS = 5_400_000;
  // The name of an attribute that no store takes.
  private static final String POISON = "k".repeat(600);
  private static final DateTimeFormatter ACCESS = format("dd/MMM/yyyy:HH:mm:ss +0000");
  private static final DateTimeFormatter LAYOUT = format("yyyy-MM-dd HH:mm:ss,SSS");
  private static final DateTimeFormatter ISO = format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private final SplittableRandom random;
  private final Instant start;
  private final List<Expected> events = new ArrayList<>();
  private final List<Integer> poison = new ArrayList<>();
  private int lines;

  /**
   * An event that is to be found.
   *
   * @param lines the numbers of its lines
   */
  record Expected(
      List<Integer> lines,
      long epochMillis,
      String service,
      String severity,
      @Nullable Request request) {}

  /** What an access log says. */
  record Request(String method, String route, int status, long nanos) {}

  private NumberedLogs(long seed, Instant start) {
    this.random = new SplittableRandom(seed);
    this.start = start;
  }

  /**
   * Writes the files.
   *
   * @param start the time of the first lines, in whole seconds
   */
  static NumberedLogs write(Path folder, int records, long seed, Instant start) throws IOException {
    NumberedLogs logs = new NumberedLogs(seed, start);
    Files.createDirectories(folder);
    for (int i = 0; i < FILES; i++) {
      logs.write(path(folder, i), i, records / FILES);
    }
    return logs;
  }

  List<Expected> events() {
    return events;
  }

  /** The numbers of the lines that no store takes. */
  List<Integer> poison() {
    return poison;
  }

  int lines() {
    return lines;
  }

  /** In which of two lanes the spool keeps the lines of a file. */
  static Integer laneOf(String file) {
    int hash = file.hashCode();
    return Math.floorMod(hash ^ hash >>> 16, 2);
  }

  // Half of the names go to each lane.
  private static Path path(Path folder, int file) {
    for (int suffix = 0; ; suffix++) {
      Path path = folder.resolve("app-" + file + "-" + suffix + ".log");
      if (laneOf(path.toString()) == file / 4) {
        return path;
      }
    }
  }

  private void write(Path path, int file, int records) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(path, UTF_8)) {
      for (int i = 0; i < records; i++) {
        long time = start.toEpochMilli() + (long) SPAN_MILLIS * i / records;
        if (random.nextInt(100) == 0) {
          time -= random.nextInt(LATE_MILLIS);
        }
        // New series turn up all along.
        int phase = 4 * i / records;
        switch (file % 4) {
          case 0 -> access(out, time, phase);
          case 1 -> layout(out, time);
          case 2 -> json(out, time, phase);
          default -> syslog(out, time, phase);
        }
        if (i % POISON_EVERY == POISON_EVERY / 2) {
          poison(out);
        }
      }
      // Closed on its line, it ends what is open without waiting for the time to pass.
      json(out, start.toEpochMilli(), 0);
    }
  }

  private void access(BufferedWriter out, long time, int phase) throws IOException {
    long second = time / 1_000 * 1_000;
    String method = random.nextInt(4) == 0 ? "POST" : "GET";
    int status = List.of(200, 200, 201, 404, 503).get(random.nextInt(5));
    int millis = random.nextInt(3_000);
    int number = lines++;
    out.write(
        String.format(
            Locale.ROOT,
            "10.0.0.%d - - [%s] \"%s /shop%d/orders/%d HTTP/1.1\" %d 512 \"-\" \"probe/%s\" %d.%03d\n",
            random.nextInt(200),
            ACCESS.format(Instant.ofEpochMilli(second)),
            method,
            phase,
            random.nextInt(100_000),
            status,
            mark(number),
            millis / 1_000,
            millis % 1_000));
    String severity = status < 400 ? "info" : status < 500 ? "warn" : "error";
    Request request =
        new Request(method, "/shop" + phase + "/orders/{id}", status, millis * 1_000_000L);
    events.add(new Expected(List.of(number), second, "", severity, request));
  }

  private void layout(BufferedWriter out, long time) throws IOException {
    String level = List.of("DEBUG", "INFO", "INFO", "WARN", "ERROR").get(random.nextInt(5));
    List<Integer> numbers = new ArrayList<>();
    numbers.add(lines++);
    String said =
        random.nextInt(50) == 0
            ? "login with password=" + SECRETS.get(0) + " card " + SECRETS.get(1) + " "
            : "order of kiwis ";
    out.write(
        LAYOUT.format(Instant.ofEpochMilli(time))
            + " "
            + level
            + " [worker-1] com.acme.Shop - "
            + said
            + mark(numbers.get(0))
            + "\n");
    if (level.equals("ERROR")) {
      line(out, numbers, "java.lang.IllegalStateException: no stock %s");
      for (int depth = random.nextInt(6); depth >= 0; depth--) {
        line(out, numbers, "\tat com.acme.Shop.%s(Shop.java:17)");
      }
      line(out, numbers, "Caused by: java.io.IOException: gone %s");
      line(out, numbers, "\tat com.acme.Disk.%s(Disk.java:4)");
    }
    events.add(new Expected(numbers, time, "", level.toLowerCase(Locale.ROOT), null));
  }

  private void line(BufferedWriter out, List<Integer> numbers, String pattern) throws IOException {
    out.write(String.format(Locale.ROOT, pattern, mark(lines)) + "\n");
    numbers.add(lines++);
  }

  private void json(BufferedWriter out, long time, int phase) throws IOException {
    int number = lines++;
    String level = List.of("INFO", "WARN", "ERROR").get(random.nextInt(3));
    out.write(
        String.format(
            Locale.ROOT,
            "{\"@timestamp\":\"%s\",\"log.level\":\"%s\",\"message\":\"paid %s\","
                + "\"service.name\":\"billing%d\",\"token\":\"%s\"}\n",
            ISO.format(Instant.ofEpochMilli(time)),
            level,
            mark(number),
            phase,
            SECRETS.get(0)));
    String severity = level.toLowerCase(Locale.ROOT);
    events.add(new Expected(List.of(number), time, "billing" + phase, severity, null));
  }

  private void syslog(BufferedWriter out, long time, int phase) throws IOException {
    int number = lines++;
    boolean bad = random.nextInt(5) == 0;
    out.write(
        String.format(
            Locale.ROOT,
            "<%d>1 %s web1 cron%d 77 - - job done %s\n",
            8 + (bad ? 3 : 6),
            ISO.format(Instant.ofEpochMilli(time)),
            phase,
            mark(number)));
    String severity = bad ? "error" : "info";
    events.add(new Expected(List.of(number), time, "cron" + phase, severity, null));
  }

  private void poison(BufferedWriter out) throws IOException {
    int number = lines++;
    out.write("{\"message\":\"" + mark(number) + "\",\"" + POISON + "\":1}\n");
    poison.add(number);
  }

  private static String mark(int number) {
    return String.format(Locale.ROOT, "n%07dx", number);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}

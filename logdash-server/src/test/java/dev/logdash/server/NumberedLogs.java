package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
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
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Log files of several formats, made from a seed, in which each line has a number of its own; and
 * what is to become of them.
 */
final class NumberedLogs {

  /** What each line has once. */
  static final Pattern NUMBER = Pattern.compile("n(\\d{7})x");

  private static final int LANES = 2;
  private static final int COMPRESSED_EVERY = 5;
  private static final int POISON_EVERY = 60;
  private static final int SPAN_MILLIS = 600_000;
  private static final int LATE_MILLIS = 5_400_000;

  /** The name of a field that an import must fail to understand. */
  static final String POISON = "poison";

  private static final DateTimeFormatter ACCESS = format("dd/MMM/yyyy:HH:mm:ss +0000");
  private static final DateTimeFormatter LAYOUT = format("yyyy-MM-dd HH:mm:ss,SSS");
  private static final DateTimeFormatter ISO = format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private final SplittableRandom random;
  private final Instant start;
  private final List<Expected> events = new ArrayList<>();
  private final List<Integer> poison = new ArrayList<>();
  private final Path folder;
  private int files;
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

  /**
   * @param folder gets the files
   * @param start the time of the first lines, in whole seconds
   */
  NumberedLogs(Path folder, long seed, Instant start) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.random = new SplittableRandom(seed);
    this.start = start;
  }

  /** Writes files behind those that are there: as many as there are lanes. */
  void grow(int recordsEach) throws IOException {
    for (int i = 0; i < LANES; i++) {
      write(recordsEach);
      files++;
    }
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

  /** A name that comes behind all before, for which the spool chooses one lane after the other. */
  private Path next() {
    String ending = files % COMPRESSED_EVERY == COMPRESSED_EVERY - 1 ? ".log.gz" : ".log";
    for (int suffix = 0; ; suffix++) {
      Path path = folder.resolve(String.format(Locale.ROOT, "%05d-%d%s", files, suffix, ending));
      int hash = path.toString().hashCode();
      if (Math.floorMod(hash ^ hash >>> 16, LANES) == files % LANES) {
        return path;
      }
    }
  }

  private void write(int records) throws IOException {
    Path path = next();
    OutputStream file = Files.newOutputStream(path);
    try (Writer out =
        new OutputStreamWriter(
            path.toString().endsWith(".gz") ? new GZIPOutputStream(file) : file, UTF_8)) {
      for (int i = 0; i < records; i++) {
        long time = start.toEpochMilli() + (long) SPAN_MILLIS * i / records;
        if (random.nextInt(100) == 0) {
          time -= random.nextInt(LATE_MILLIS);
        }
        // In turn within each lane.
        switch (files / LANES % 4) {
          case 0 -> access(out, time);
          case 1 -> layout(out, time);
          case 2 -> json(out, time);
          default -> syslog(out, time);
        }
        if (i % POISON_EVERY == POISON_EVERY / 2) {
          poison(out);
        }
      }
      // Closed on its line, it ends what is open without waiting for the time to pass.
      json(out, start.toEpochMilli());
    }
  }

  private void access(Writer out, long time) throws IOException {
    int series = series();
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
            series,
            random.nextInt(100_000),
            status,
            mark(number),
            millis / 1_000,
            millis % 1_000));
    String severity = status < 400 ? "info" : status < 500 ? "warn" : "error";
    Request request =
        new Request(method, "/shop" + series + "/orders/{id}", status, millis * 1_000_000L);
    events.add(new Expected(List.of(number), second, "", severity, request));
  }

  private void layout(Writer out, long time) throws IOException {
    String level = List.of("DEBUG", "INFO", "INFO", "WARN", "ERROR").get(random.nextInt(5));
    List<Integer> numbers = new ArrayList<>();
    numbers.add(lines++);
    out.write(
        LAYOUT.format(Instant.ofEpochMilli(time))
            + " "
            + level
            + " [worker-1] com.acme.Shop - order of kiwis "
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

  private void line(Writer out, List<Integer> numbers, String pattern) throws IOException {
    out.write(String.format(Locale.ROOT, pattern, mark(lines)) + "\n");
    numbers.add(lines++);
  }

  private void json(Writer out, long time) throws IOException {
    int series = series();
    int number = lines++;
    String level = List.of("INFO", "WARN", "ERROR").get(random.nextInt(3));
    out.write(
        String.format(
            Locale.ROOT,
            "{\"@timestamp\":\"%s\",\"log.level\":\"%s\",\"message\":\"paid %s\","
                + "\"service.name\":\"billing%d\"}\n",
            ISO.format(Instant.ofEpochMilli(time)),
            level,
            mark(number),
            series));
    String severity = level.toLowerCase(Locale.ROOT);
    events.add(new Expected(List.of(number), time, "billing" + series, severity, null));
  }

  private void syslog(Writer out, long time) throws IOException {
    int series = series();
    int number = lines++;
    boolean bad = random.nextInt(5) == 0;
    out.write(
        String.format(
            Locale.ROOT,
            "<%d>1 %s web1 cron%d 77 - - job done %s\n",
            8 + (bad ? 3 : 6),
            ISO.format(Instant.ofEpochMilli(time)),
            series,
            mark(number)));
    String severity = bad ? "error" : "info";
    events.add(new Expected(List.of(number), time, "cron" + series, severity, null));
  }

  /** One that all files share, or one of its own for each file. */
  private int series() {
    return random.nextBoolean() ? 0 : files;
  }

  private void poison(Writer out) throws IOException {
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

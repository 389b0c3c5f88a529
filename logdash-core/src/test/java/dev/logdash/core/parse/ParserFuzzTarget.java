package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.multiline.Continuation;
import dev.logdash.core.parse.multiline.TraceLines;
import dev.logdash.core.parse.pattern.PatternException;
import dev.logdash.core.parse.pattern.PatternParser;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/**
 * What a fuzzer calls: every parser on any bytes. Fails on an exception, on a sink that a refusal
 * leaves unclear, on bytes that are not the line's and change its fields, and on a line of at most
 * 64 KiB that takes longer than 50 ms three times in a row.
 *
 * <p>The first byte of an input says who parses the rest: all built-in parsers, the patterns of
 * {@link #PATTERNS}, a pattern that the first line of the rest is, or the columns that the lines up
 * to an empty one name.
 */
public final class ParserFuzzTarget {

  /** A pattern of each notation, with most that the notations have. */
  static final List<String> PATTERNS =
      List.of(
          "logback:%d{ISO8601} [%thread] %-5level %logger{36} - %msg%n",
          "logback:%clr(%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}){faint} %clr(%5p){} %pid --- [%15.15t]"
              + " %-40.40logger{39} : %m%n%wEx",
          "logback:%d{\"EEE, d MMM yyyy h:mm:ss a\", UTC} |%.-1level| %X{user:-} %X %F:%L %msg%n",
          "log4j:%d{DEFAULT}{UTC} [%t] %-5p %c{1.}:%L - %X %notEmpty{[%X{cart}] }%l %m%n%xEx",
          "dissect:%{clientip->} %{ident} %{user} [%{timestamp} %{+timestamp}] \"%{method} %{url}"
              + " %{?v}\" %{status} %{*k}=%{&k}, %{+rest/2};%{+rest/1}",
          "grok:%{COMBINEDAPACHELOG}",
          "grok:%{SYSLOGLINE}",
          "grok:%{TIMESTAMP_ISO8601:ts} %{LOGLEVEL:level} (?<what>.*?)(?:=|:)\\s*%{NUMBER:n:float}",
          "grok:^(a|aa)+(b*)*$|(?<x>.*)(?<y>.*)=(?<z>\\w+\\s?)*!");

  /** Headers, an empty line, and a record of such columns. */
  static final List<String> COLUMNS =
      List.of(
          "timestamp,level,message,cart\n\n2024-05-01T10:00:00Z,WARN,\"a \"\"b\"\"\n\nc, d\",7",
          "Date;Time;Client IP;Status\n\n2024-05-01;10:00:00.25;203.0.113.9;ok",
          "#Fields: date time c-ip cs-uri-stem\n\n2024-05-01 10:00:00 10.0.0.1 /a",
          "#path\tconn\n#fields\tts\tid.orig_h\tduration\tok\ttags\tn\n"
              + "#types\ttime\taddr\tinterval\tbool\tset[string]\tcount\n\n"
              + "1714557600.123456\t10.0.0.9\t0.25\tT\ta,b\t-");

  private static final List<LineParser> BUILT_IN =
      Parsers.names().stream().map(Parsers::named).toList();
  private static final List<PatternParser> COMPILED =
      PATTERNS.stream().map(PatternParser::of).toList();

  private static final int LONGEST = 64 * 1_024;
  // What a fuzzer has instrumented is slower.
  private static final long MOST_NANOS = 50_000_000L * Integer.getInteger("logdash.fuzz.slower", 1);
  private static final int MARGIN = 2;

  // The time of the processor, so that it does not matter what else the machine does.
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ParserFuzzTarget() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0 || data.length > LONGEST) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(data, 1, data.length);
    switch (data[0] % 4) {
      case 0:
        BUILT_IN.forEach(parser -> parse(parser, rest));
        continuation(rest);
        break;
      case 1:
        COMPILED.forEach(parser -> parse(parser, rest));
        break;
      case 3:
        columns(rest);
        break;
      default:
        ownPattern(rest);
        break;
    }
  }

  private static void ownPattern(byte[] data) {
    int end = Records.endOfFirstLine(data, 0, data.length);
    PatternParser parser;
    try {
      parser = PatternParser.of(new String(data, 0, end, UTF_8));
    } catch (PatternException e) {
      if (e.column() < 1) {
        throw new AssertionError("no column", e);
      }
      return;
    }
    parse(parser, Arrays.copyOfRange(data, Math.min(end + 1, data.length), data.length));
  }

  private static void columns(byte[] data) {
    String header = null;
    int at = 0;
    while (at < data.length && data[at] != '\n') {
      int end = Records.endOfFirstLine(data, at, data.length);
      String next = HeaderLine.next(header, data, at, end);
      header = next == null ? header : next;
      at = Math.min(end + 1, data.length);
    }
    LineParser parser = header == null ? null : Parsers.columns(header);
    if (parser != null) {
      parse(parser, Arrays.copyOfRange(data, Math.min(at + 1, data.length), data.length));
    }
  }

  private static void parse(LineParser parser, byte[] line) {
    String plain = understood(parser, line, (byte) 0);
    String other = understood(parser, line, (byte) '7');
    if (!plain.equals(other)) {
      throw new AssertionError(parser + " looks beyond the line: " + plain + " or " + other);
    }
  }

  /** What a parser makes of a line that has bytes of some kind around it. */
  private static String understood(LineParser parser, byte[] line, byte around) {
    byte[] buffer = new byte[line.length + 2 * MARGIN];
    Arrays.fill(buffer, around);
    System.arraycopy(line, 0, buffer, MARGIN, line.length);
    FieldSink sink = new FieldSink();
    long least = Long.MAX_VALUE;
    boolean fits = false;
    for (int run = 0; run < 3 && least > MOST_NANOS; run++) {
      sink.clear();
      long started = THREADS.getCurrentThreadCpuTime();
      fits = parser.parse(buffer, MARGIN, MARGIN + line.length, sink);
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - started);
    }
    if (least > MOST_NANOS) {
      throw new AssertionError(parser + " takes " + least + " ns for " + line.length + " bytes");
    }
    if (!fits) {
      if (!sink.isClear()) {
        throw new AssertionError(parser + " refuses a line and leaves fields of it");
      }
      return "";
    }
    return Parsed.of(sink).toString();
  }

  private static void continuation(byte[] line) {
    if (Continuation.of(line, 0, line.length) == Continuation.NONE) {
      Continuation.isComplete(line, 0, line.length);
    }
    for (int state = TraceLines.begin(line, 0, line.length); state != TraceLines.END; ) {
      state = TraceLines.next(state, line, 0, line.length) == state ? TraceLines.END : state - 1;
    }
    String header = HeaderLine.find(line, 0, line.length);
    if (header != null && Parsers.columns(header) == null) {
      throw new AssertionError("a header that is none");
    }
  }
}

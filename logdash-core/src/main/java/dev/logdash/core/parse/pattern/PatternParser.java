package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.Bytes;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Records;
import dev.logdash.core.parse.pattern.Columns.Column;
import dev.logdash.core.parse.pattern.DissectReader.Assembly;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Understands lines by a pattern that somebody gave: the layout of Logback or Log4j, dissect, or
 * grok. Names of columns mean what they mean as keys of a JSON line; ECS names stay as they are.
 * The whole line is the message where no column is. Of a record of several lines the first is
 * matched; those behind it are kept as they are for every format.
 *
 * <p>A pattern is compiled into steps over bytes. The work on a line is bounded in its length: a
 * line that would need more is matched by RE2 where that can express the pattern, and is refused if
 * the line is too long for that or RE2 lacks something. Both are counted. Safe for use by several
 * threads, each with a sink of its own.
 */
public final class PatternParser implements LineParser {

  /** The longest pattern, in characters. */
  public static final int MAX_LENGTH = 8_192;

  /** What patterns are written in. */
  private static final List<String> KINDS = List.of("logback", "log4j", "dissect", "grok");

  private final String text;
  private final Program program;
  private final Column[] columns;
  private final Assembly[] assemblies;
  private final @Nullable Re2Matcher re2;
  private final LineParser firstLine = this::parseLine;
  private final ThreadLocal<Matcher> matchers;
  private final LongAdder refused = new LongAdder();
  private final LongAdder linear = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  private PatternParser(String text, Node node, List<Column> columns, List<Assembly> assemblies) {
    this.text = text;
    this.program = Program.of(node, columns.size());
    this.columns = columns.toArray(Column[]::new);
    this.assemblies = assemblies.toArray(Assembly[]::new);
    this.re2 = Re2Matcher.of(node);
    this.matchers = ThreadLocal.withInitial(() -> new Matcher(program));
  }

  /**
   * The parser of a text such as {@code dissect:%{clientip} %{message}}, which names its notation:
   * {@code logback}, {@code log4j}, {@code dissect} or {@code grok}.
   *
   * @throws PatternException if there is no such notation, or as the others throw it
   */
  public static PatternParser of(String kindAndPattern) {
    int colon = kindAndPattern.indexOf(':');
    String kind = colon < 0 ? "" : kindAndPattern.substring(0, colon).strip();
    String pattern = kindAndPattern.substring(colon + 1);
    switch (kind) {
      case "logback":
        return logback(pattern);
      case "log4j":
        return log4j(pattern);
      case "dissect":
        return dissect(pattern);
      case "grok":
        return grok(pattern, Map.of());
      default:
        throw new PatternException(
            "a pattern begins with its notation and a colon; there are "
                + String.join(", ", KINDS)
                + Nearest.hint(kind, KINDS),
            0);
    }
  }

  /**
   * The parser of what a pattern of Logback writes, such as {@code %d [%thread] %-5level
   * %logger{36} - %msg%n}. What Spring Boot adds is known too.
   *
   * @throws PatternException if the pattern has a word that is not known, or cannot be read back
   */
  public static PatternParser logback(String pattern) {
    Columns columns = new Columns();
    Node node = new LayoutPattern(require(pattern), LayoutDialect.LOGBACK, columns).read();
    return new PatternParser("logback:" + pattern, node, columns.all(), List.of());
  }

  /**
   * The parser of what a {@code PatternLayout} of Log4j 2 writes.
   *
   * @throws PatternException if the pattern has a word that is not known, or cannot be read back
   */
  public static PatternParser log4j(String pattern) {
    Columns columns = new Columns();
    Node node = new LayoutPattern(require(pattern), LayoutDialect.LOG4J, columns).read();
    return new PatternParser("log4j:" + pattern, node, columns.all(), List.of());
  }

  /**
   * The parser of a dissect expression, such as {@code %{clientip->} [%{timestamp}] %{+message}}:
   * {@code +} appends, {@code /n} orders what is appended, {@code ?} or no name skips, {@code *}
   * and {@code &} are the name and the value of one field, and {@code ->} passes over repeated
   * texts behind a column. What is appended keeps the text that stands before it.
   *
   * @throws PatternException if the expression is not whole
   */
  public static PatternParser dissect(String pattern) {
    Columns columns = new Columns();
    DissectReader reader = new DissectReader(require(pattern), columns);
    Node node = reader.read();
    return new PatternParser("dissect:" + pattern, node, columns.all(), reader.assemblies());
  }

  /**
   * The parser of a grok expression, such as {@code %{IPORHOST:clientip} %{NUMBER:took:int}}. It
   * knows the usual patterns with ECS names; it fits anywhere in a line unless {@code ^} and {@code
   * $} bind it.
   *
   * @param definitions further patterns by name, which hide those that are known
   * @throws PatternException if a pattern is not known, or the expression holds what cannot be
   *     matched in bounded time: references back, or looking around further than one character
   */
  public static PatternParser grok(String pattern, Map<String, String> definitions) {
    Columns columns = new Columns();
    Node node = new GrokReader(Map.copyOf(definitions), columns).read(require(pattern));
    return new PatternParser("grok:" + pattern, node, columns.all(), List.of());
  }

  private static String require(String pattern) {
    Objects.requireNonNull(pattern, "pattern");
    if (pattern.isBlank()) {
      throw new PatternException("the pattern is empty", 0);
    }
    if (pattern.length() > MAX_LENGTH) {
      throw new PatternException(
          "the pattern is longer than " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    return pattern;
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to, FieldSink sink) {
    return Records.parse(firstLine, buffer, from, to, sink);
  }

  /** How many records did not fit the pattern, those included that were given up. */
  public long refusedCount() {
    return refused.sum();
  }

  /** For how many records RE2 was asked, as the steps would have needed too much work. */
  public long linearCount() {
    return linear.sum();
  }

  /** How many records were refused because to match them would have needed too much work. */
  public long givenUpCount() {
    return givenUp.sum();
  }

  /** Whether RE2 can take over where the steps need too much work. */
  boolean hasLinear() {
    return re2 != null;
  }

  /** The notation and the pattern, as {@link #of} takes them. */
  @Override
  public String toString() {
    return text;
  }

  private boolean parseLine(byte[] b, int from, int to, FieldSink sink) {
    int end = to > from && b[to - 1] == '\r' ? to - 1 : to;
    Matcher matcher = matchers.get();
    try {
      if (matcher.find(b, from, end)) {
        put(b, matcher.slots(), sink);
      } else if (!matcher.isGivenUp() || !putLinear(b, from, end, sink)) {
        refused.increment();
        return false;
      }
    } finally {
      matcher.forget();
    }
    if (!sink.hasMessage()) {
      sink.message(b, from, Bytes.trimEnd(b, from, end));
    }
    return true;
  }

  private boolean putLinear(byte[] b, int from, int to, FieldSink sink) {
    Re2Matcher matcher = re2;
    if (matcher == null || !matcher.takes(to - from)) {
      givenUp.increment();
      return false;
    }
    linear.increment();
    int[] slots = matcher.find(b, from, to, columns.length);
    if (slots == null) {
      return false;
    }
    put(b, slots, sink);
    return true;
  }

  private void put(byte[] b, int[] slots, FieldSink sink) {
    for (int i = 0; i < columns.length; i++) {
      if (slots[2 * i + 1] >= 0) {
        columns[i].put(b, slots[2 * i], slots[2 * i + 1], sink);
      }
    }
    for (Assembly assembly : assemblies) {
      assembly.put(b, slots, sink);
    }
  }
}

package dev.logdash.core.config;

import dev.logdash.core.parse.pattern.PatternParser;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A kind of value: how it is written and which values are allowed. */
public final class ConfigType<T> {

  /** A length of time without end. */
  public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");
  private static final Pattern BYTES =
      Pattern.compile("(\\d{1,18})\\s*(?:(B|([KMGT])(?:I?B)?))?", Pattern.CASE_INSENSITIVE);
  // What can stand in a header of HTTP.
  private static final Pattern SECRET = Pattern.compile("[!-~]{0,4096}");
  private static final int MAX_PORT = 65_535;
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,6})?)\\s*%");

  // What no container and no proxy reads in two ways.
  private static final Pattern URL_PATH = Pattern.compile("(/[A-Za-z0-9_-]{1,64}){1,8}");

  private final String kind;
  private final String expected;
  private final Function<String, T> parser;
  private final boolean secret;

  private ConfigType(String kind, String expected, Function<String, T> parser) {
    this(kind, expected, parser, false);
  }

  private ConfigType(String kind, String expected, Function<String, T> parser, boolean secret) {
    this.kind = kind;
    this.expected = expected;
    this.parser = parser;
    this.secret = secret;
  }

  /** The kind in a word or two, for example {@code duration}. */
  public String kind() {
    return kind;
  }

  /** What a value must be like, as the end of a sentence that starts with "expected". */
  public String expected() {
    return expected;
  }

  /** Whether a value may stand in no message and in no listing. */
  public boolean isSecret() {
    return secret;
  }

  /**
   * The value that a text stands for; spaces around it do not matter.
   *
   * @throws IllegalArgumentException if it is not {@link #expected()}
   */
  public T parse(String text) {
    try {
      return parser.apply(text.strip());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ConfigType<Duration> duration(String min, String max) {
    Duration from = parseDuration(min);
    Duration to = parseDuration(max);
    return new ConfigType<>(
        "duration",
        "a duration from " + min + " to " + max + ", for example 500ms, 30s, 15m, 12h, 7d, PT1H",
        text -> within(parseDuration(text), from, to));
  }

  static ConfigType<Duration> durationOrForever(String min) {
    Duration from = parseDuration(min);
    return new ConfigType<>(
        "duration",
        "a duration of at least " + min + ", for example 12h, 14d, 365d, or forever",
        text ->
            text.equalsIgnoreCase("forever")
                ? FOREVER
                : within(parseDuration(text), from, Duration.ofDays(365_000)));
  }

  static ConfigType<Long> bytes(String min, String max) {
    long from = parseBytes(min);
    long to = parseBytes(max);
    return new ConfigType<>(
        "data size",
        "a data size from " + min + " to " + max + ", for example 512KB, 64MB, 10GB",
        text -> within(parseBytes(text), from, to));
  }

  static ConfigType<Integer> integer(int min, int max) {
    return new ConfigType<>(
        "integer",
        "a whole number from " + min + " to " + max,
        text -> within(Integer.parseInt(text), min, max));
  }

  static ConfigType<Double> fraction() {
    return new ConfigType<>(
        "percentage",
        "a percentage from 0% to below 100%, for example 10%, or a fraction such as 0.1",
        ConfigType::parseFraction);
  }

  static ConfigType<Boolean> bool() {
    return new ConfigType<>("boolean", "true or false", ConfigType::parseBoolean);
  }

  static ConfigType<String> text(String expected) {
    return new ConfigType<>(
        "text",
        expected,
        text -> {
          if (text.isEmpty()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** Texts with commas between them; there may be none. */
  static ConfigType<List<String>> list(String expected) {
    return new ConfigType<>(
        "list",
        expected,
        text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList());
  }

  /** The path of an address, as a servlet can be mapped below it. */
  static ConfigType<String> urlPath() {
    return new ConfigType<>(
        "path of an address",
        "a path such as /logdash or /ops/logs, without a slash at its end",
        text -> {
          if (!URL_PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** A text that nobody is shown; empty where there is none. */
  static ConfigType<String> secret(String expected) {
    return new ConfigType<>(
        "secret",
        expected,
        text -> {
          if (!SECRET.matcher(text).matches()) {
            throw new IllegalArgumentException("not " + expected);
          }
          return text;
        },
        true);
  }

  /** The same with any letters and spaces in it. */
  static ConfigType<String> secretText(String expected) {
    return new ConfigType<>("secret", expected, text -> text, true);
  }

  /** The address of a page, or nothing. */
  static ConfigType<String> address() {
    return new ConfigType<>(
        "address",
        "an address that starts with http:// or https://, or nothing",
        text -> {
          URI address = URI.create(text);
          if (!text.isEmpty() && (address.getHost() == null || !text.matches("(?i)https?://.*"))) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  static ConfigType<IngestTarget> ingestTarget() {
    return new ConfigType<>(
        "address",
        "local, kafka, or https://host:port, with the path below which the server is mounted if"
            + " there is one",
        IngestTarget::parse);
  }

  /** A text that may be empty. */
  static ConfigType<String> any(String expected) {
    return new ConfigType<>("text", expected, text -> text);
  }

  /** A pattern that lines are parsed by, or nothing. */
  static ConfigType<String> pattern() {
    return new ConfigType<>(
        "pattern",
        "logback:, log4j:, dissect: or grok: and the pattern, or nothing",
        text -> text.isEmpty() ? text : PatternParser.of(text).toString());
  }

  static ConfigType<ZoneId> zone() {
    return new ConfigType<>(
        "time zone",
        "a zone such as UTC, Europe/Berlin or +02:00",
        text -> ZoneId.of(text.strip()));
  }

  static ConfigType<Path> path() {
    return new ConfigType<>("path", "a path; a leading ~ is the home folder", ConfigType::path);
  }

  static <E extends Enum<E>> ConfigType<E> oneOf(Class<E> choices) {
    String names =
        Arrays.stream(choices.getEnumConstants())
            .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", "));
    return new ConfigType<>(
        "choice",
        "one of " + names,
        text -> Enum.valueOf(choices, text.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(text, e);
      }
    }
    long amount = Long.parseLong(matcher.group(1));
    switch (matcher.group(2)) {
      case "ms":
        return Duration.ofMillis(amount);
      case "s":
        return Duration.ofSeconds(amount);
      case "m":
        return Duration.ofMinutes(amount);
      case "h":
        return Duration.ofHours(amount);
      default:
        return Duration.ofDays(amount);
    }
  }

  // Powers of 1,024, whether written MB or MiB: that is how memory and segments are cut.
  private static long parseBytes(String text) {
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(3);
    int power = unit == null ? 0 : 1 + "KMGT".indexOf(unit.toUpperCase(Locale.ROOT));
    return Math.multiplyExact(amount, 1L << (10 * power));
  }

  private static double parseFraction(String text) {
    Matcher matcher = PERCENT.matcher(text);
    double value =
        matcher.matches() ? Double.parseDouble(matcher.group(1)) / 100 : Double.parseDouble(text);
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static boolean parseBoolean(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new IllegalArgumentException(text);
  }

  static URI server(String text) {
    URI address = URI.create(text);
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean whole =
        (scheme.equals("http") || scheme.equals("https"))
            && address.getHost() != null
            && address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null
            && address.getPort() != 0
            && address.getPort() <= MAX_PORT;
    if (!whole) {
      throw new IllegalArgumentException("not the address of a server");
    }
    return address;
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    try {
      return text.equals("~") || text.startsWith("~/")
          ? Path.of(System.getProperty("user.home", ""), text.substring(1))
          : Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static <C extends Comparable<C>> C within(C value, C min, C max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(value.toString());
    }
    return value;
  }
}

package dev.logdash.api.event;

/**
 * The 24 severities of OpenTelemetry, and one for logs that do not say. The order of the constants
 * is the order of urgency.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/logs/data-model/">OTel log data model</a>
 */
public enum Severity {
  UNSPECIFIED,
  TRACE,
  TRACE2,
  TRACE3,
  TRACE4,
  DEBUG,
  DEBUG2,
  DEBUG3,
  DEBUG4,
  INFO,
  INFO2,
  INFO3,
  INFO4,
  WARN,
  WARN2,
  WARN3,
  WARN4,
  ERROR,
  ERROR2,
  ERROR3,
  ERROR4,
  FATAL,
  FATAL2,
  FATAL3,
  FATAL4;

  private static final Severity[] BY_NUMBER = values();

  /** The severity of an OTel number; {@link #UNSPECIFIED} for anything outside 1 to 24. */
  public static Severity of(int number) {
    return number >= 1 && number <= 24 ? BY_NUMBER[number] : UNSPECIFIED;
  }

  /** The OTel number: 1 to 24, or 0 for {@link #UNSPECIFIED}. */
  public int number() {
    return ordinal();
  }

  /** One of trace, debug, info, warn, error, fatal; empty for {@link #UNSPECIFIED}. */
  public String className() {
    switch ((ordinal() + 3) / 4) {
      case 1:
        return "trace";
      case 2:
        return "debug";
      case 3:
        return "info";
      case 4:
        return "warn";
      case 5:
        return "error";
      case 6:
        return "fatal";
      default:
        return "";
    }
  }

  /** Whether this counts as an error in statistics: {@link #ERROR} and above. */
  public boolean isError() {
    return ordinal() >= ERROR.ordinal();
  }
}

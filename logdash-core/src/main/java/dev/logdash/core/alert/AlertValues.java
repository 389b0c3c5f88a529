package dev.logdash.core.alert;

import java.math.BigDecimal;
import java.math.MathContext;

/** Measured values as people read them. */
final class AlertValues {

  private static final String DURATION = "event.duration";
  private static final MathContext DIGITS = new MathContext(3);

  private AlertValues() {}

  /** With its unit: {@code 12.4 %}, {@code 250 ms}, {@code 3 /s}. */
  static String text(AlertRule rule, double value) {
    AlertRule.Measure measure = rule.measure();
    return switch (measure.kind()) {
      case RATIO -> plain(value * 100) + " %";
      case RATE -> plain(value) + " /s";
      case PERCENTILE ->
          measure.source() == AlertRule.Source.REQUESTS || measure.field().equals(DURATION)
              ? plain(value / 1e6) + " ms"
              : plain(value);
      default -> plain(value);
    };
  }

  /** In the unit of the text. */
  static double shown(AlertRule rule, double value) {
    AlertRule.Measure measure = rule.measure();
    boolean nanos =
        measure.kind() == AlertRule.Kind.PERCENTILE
            && (measure.source() == AlertRule.Source.REQUESTS || measure.field().equals(DURATION));
    return measure.kind() == AlertRule.Kind.RATIO ? value * 100 : nanos ? value / 1e6 : value;
  }

  static String plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded = Math.abs(value) >= 1_000 ? exact : exact.round(DIGITS);
    return rounded.stripTrailingZeros().toPlainString();
  }
}

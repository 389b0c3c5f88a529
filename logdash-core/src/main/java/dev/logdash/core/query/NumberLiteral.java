package dev.logdash.core.query;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a literal of a query is a number: an optional sign, decimal digits with an
 * optional fraction, an optional exponent of up to three digits; at most {@value #MAX_LENGTH}
 * characters. Everything else is text.
 */
public final class NumberLiteral {

  /** More digits than any long or double needs, few enough to be cheap whatever they are. */
  static final int MAX_LENGTH = 64;

  private static final int MAX_EXPONENT_DIGITS = 3;

  private NumberLiteral() {}

  /** The number that a literal stands for, exactly; null if it is text. */
  public static @Nullable BigDecimal parse(String literal) {
    return isNumber(literal) ? new BigDecimal(literal) : null;
  }

  private static boolean isNumber(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    int at = skipSign(text, 0);
    int afterWhole = skipDigits(text, at);
    if (afterWhole == at) {
      return false;
    }
    at = afterWhole;
    if (at < text.length() && text.charAt(at) == '.') {
      int afterFraction = skipDigits(text, at + 1);
      if (afterFraction == at + 1) {
        return false;
      }
      at = afterFraction;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int digits = skipSign(text, at + 1);
      at = skipDigits(text, digits);
      if (at == digits || at - digits > MAX_EXPONENT_DIGITS) {
        return false;
      }
    }
    return at == text.length();
  }

  private static int skipSign(String text, int at) {
    boolean sign = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
    return sign ? at + 1 : at;
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}

package dev.logdash.elasticsearch;

import dev.logdash.api.store.Filter;
import dev.logdash.core.query.Wildcard;

/** Writes regular expressions of Lucene, which hold for whole terms. */
final class Regex {

  /** Any character. */
  static final String ANY = ".";

  /** Any character of a name that a pattern may ask. */
  static final String IN_NAME = "[^\0-\u001f\u007f-\u009f\ufffd]";

  // What means something between brackets.
  private static final String IN_CLASS = "\\]^-[&\"";

  private static final int LAST_BEFORE_SURROGATES = Character.MIN_SURROGATE - 1;
  private static final int FIRST_BEHIND_SURROGATES = Character.MAX_SURROGATE + 1;

  private Regex() {}

  /** A text as it is. */
  static String of(String literal) {
    StringBuilder regex = new StringBuilder(literal.length() + 8);
    literal.codePoints().forEach(c -> append(regex, c));
    return regex.toString();
  }

  /** One of the characters from a first to a last. */
  static String of(int first, int last) {
    StringBuilder regex = new StringBuilder("[");
    int from = first;
    int to = last;
    // Not every version takes an escaped character for the end of a range, so these stand alone.
    for (; from <= to && IN_CLASS.indexOf(from) >= 0; from++) {
      regex.append('\\').appendCodePoint(from);
    }
    for (; from <= to && IN_CLASS.indexOf(to) >= 0; to--) {
      regex.append('\\').appendCodePoint(to);
    }
    if (from <= to) {
      regex.appendCodePoint(from);
    }
    if (from < to) {
      regex.append('-').appendCodePoint(to);
    }
    return regex.append(']').toString();
  }

  /**
   * A pattern.
   *
   * @param one what a character that is left open may be
   */
  static String of(Wildcard pattern, String one) {
    String text = pattern.toString();
    StringBuilder regex = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '*') {
        regex.append(one).append('*');
      } else if (c == '?') {
        regex.append(one);
      } else {
        if (c == '\\') {
          c = text.codePointAt(i);
          i += Character.charCount(c);
        }
        append(regex, c);
      }
    }
    return regex.toString();
  }

  /** The texts between two, in the order of code points; a bound that is none lets all through. */
  static String between(Filter.Bound lower, Filter.Bound upper) {
    String from = lower.isNone() ? ".*" : from(lower);
    return "((" + from + ")&(" + (upper.isNone() ? ".*" : to(upper)) + "))";
  }

  // From the end, since each character holds what may stand behind it.
  private static String from(Filter.Bound lower) {
    int[] text = lower.value().codePoints().toArray();
    String behind = lower.inclusive() ? ".*" : ".+";
    for (int i = text.length - 1; i >= 0; i--) {
      StringBuilder regex = new StringBuilder("(");
      append(regex, text[i]);
      regex.append(behind);
      if (text[i] < Character.MAX_CODE_POINT) {
        int next = text[i] == LAST_BEFORE_SURROGATES ? FIRST_BEHIND_SURROGATES : text[i] + 1;
        regex.append('|').append(of(next, Character.MAX_CODE_POINT)).append(".*");
      }
      behind = regex.append(')').toString();
    }
    return behind;
  }

  private static String to(Filter.Bound upper) {
    int[] text = upper.value().codePoints().toArray();
    String behind = "";
    boolean whole = upper.inclusive();
    for (int i = text.length - 1; i >= 0; i--) {
      // Whatever begins like the bound and ends before it is below it.
      StringBuilder regex = new StringBuilder("(");
      boolean last = i == text.length - 1;
      if (!last || whole) {
        append(regex, text[i]);
        regex.append(behind);
      }
      if (text[i] > 0) {
        int before = text[i] == FIRST_BEHIND_SURROGATES ? LAST_BEFORE_SURROGATES : text[i] - 1;
        regex.append(regex.length() > 1 ? "|" : "").append(of(0, before)).append(".*");
      }
      behind = regex.append(")?").toString();
    }
    return behind;
  }

  private static void append(StringBuilder regex, int c) {
    boolean plain = c >= 128 || Character.isISOControl(c) || Character.isLetterOrDigit(c);
    regex.append(plain ? "" : "\\").appendCodePoint(c);
  }
}

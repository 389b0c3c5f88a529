package dev.logdash.core.parse.pattern;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the letters of date patterns. */
final class DateLetters {

  // More a pattern has no use for; it bounds what is read for each line.
  private static final int LONGEST = 200;

  private DateLetters() {}

  /**
   * A run of one letter, or a text between.
   *
   * @param letter of a few that mean the same, the first; {@code '} for a text, {@code e} for time
   *     since 1970
   * @param unit nanoseconds that 1 stands for, of time since 1970
   */
  record Letters(char letter, int count, String text, long unit) {

    Letters(char letter, int count) {
      this(letter, count, "", 0);
    }

    /** The value and the end of what starts here, as {@link Digits} packs them, or -1. */
    long read(byte[] b, int at, int to) {
      switch (letter) {
        case '\'':
          for (int i = 0; i < text.length(); i++) {
            if (at + i >= to || b[at + i] != text.charAt(i)) {
              return -1;
            }
          }
          return Digits.of(0, at + text.length());
        case 'y':
          return count == 2 ? Digits.number(b, at, to, 2, 2) : Digits.number(b, at, to, 4, 4);
        case 'M':
          return count >= 3 ? Digits.monthName(b, at, to) : few(b, at, to);
        case 'D':
          return Digits.number(b, at, to, count, 3);
        case 'S':
          return Digits.fraction(b, at, to, count);
        case 'a':
          return half(b, at, to);
        case 'X':
          return Digits.offset(b, at, to);
        case 'E':
        case 'z':
          return name(b, at, to);
        case 'e':
          int end = at;
          while (end < to && end - at < 18 && ByteSet.DIGIT.has(b[end])) {
            end++;
          }
          return end - at < count ? -1 : Digits.of(0, end);
        default:
          return few(b, at, to);
      }
    }

    private long few(byte[] b, int at, int to) {
      return Digits.number(b, at, to, Math.min(count, 2), 2);
    }

    private static long half(byte[] b, int at, int to) {
      if (to - at < 2 || (b[at + 1] | 0x20) != 'm') {
        return -1;
      }
      int letter = b[at] | 0x20;
      return letter == 'a' ? Digits.of(0, at + 2) : letter == 'p' ? Digits.of(1, at + 2) : -1;
    }

    private static long name(byte[] b, int at, int to) {
      int end = Digits.endOfLetters(b, at, to);
      while (end < to && end > at && (b[end] == '/' || b[end] == '_')) {
        end = Digits.endOfLetters(b, end + 1, to);
      }
      return end == at ? -1 : Digits.of(0, end);
    }

    int shortest() {
      switch (letter) {
        case '\'':
          return text.length();
        case 'y':
          return count == 2 ? 2 : 4;
        case 'M':
          return count >= 3 ? 3 : count;
        case 'E':
        case 'z':
        case 'X':
          return 1;
        default:
          return letter == 'a' ? 2 : count;
      }
    }

    ByteSet first() {
      switch (letter) {
        case '\'':
          return ByteSet.of(text.charAt(0));
        case 'M':
          return count >= 3 ? ByteSet.LETTER : ByteSet.DIGIT;
        case 'E':
        case 'z':
        case 'a':
          return ByteSet.LETTER.or(ByteSet.range(0x80, 0xff));
        case 'X':
          return ByteSet.LETTER.or(ByteSet.of('+')).or(ByteSet.of('-'));
        default:
          return ByteSet.DIGIT;
      }
    }

    String regex() {
      switch (letter) {
        case '\'':
          return "\\Q" + text + "\\E";
        case 'M':
          return count >= 3 ? "\\pL+" : "[0-9]{1,2}";
        case 'E':
        case 'z':
          return "[\\pL/_]+";
        case 'a':
          return "[AaPp][Mm]";
        case 'X':
          return "(?:Z|z|(?:GMT)?[+-][0-9]{2}:?(?:[0-9]{2})?|GMT)";
        case 'y':
          return "[0-9]{" + (count == 2 ? 2 : 4) + "}";
        case 'S':
          return "[0-9]{" + count + "}";
        case 'e':
          return "[0-9]{" + count + ",18}";
        default:
          return "[0-9]{1," + Math.max(2, count) + "}";
      }
    }
  }

  /** Reads a pattern; {@code offset} is where it stands in the pattern around it. */
  static DatePattern read(String pattern, @Nullable String zone, int offset) {
    if (pattern.length() > LONGEST) {
      throw new PatternException("the date is longer than " + LONGEST + " characters", offset);
    }
    List<Letters> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '\'') {
        int close = pattern.indexOf('\'', at + 1);
        if (close < 0) {
          throw new PatternException("the quote is not closed", offset + at);
        }
        text.append(close == at + 1 ? "'" : pattern.substring(at + 1, close));
        at = close + 1;
      } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        int end = at;
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        addText(text, parts);
        parts.add(letters(c, end - at, offset + at));
        at = end;
      } else if (c == '[' || c == ']' || c == '{' || c == '}' || c == '#' || c >= 0x80) {
        throw new PatternException("'" + c + "' in a date is not known; quote it", offset + at);
      } else {
        text.append(c);
        at++;
      }
    }
    addText(text, parts);
    if (parts.isEmpty()) {
      throw new PatternException("the date is empty", offset);
    }
    return new DatePattern(parts, zone(zone, offset));
  }

  /** Time since 1970, in units of so many nanoseconds. */
  static DatePattern sinceEpoch(int digits, long unit) {
    return new DatePattern(List.of(new Letters('e', digits, "", unit)), null);
  }

  private static void addText(StringBuilder text, List<Letters> parts) {
    if (text.length() > 0) {
      parts.add(new Letters('\'', 0, text.toString(), 0));
      text.setLength(0);
    }
  }

  private static Letters letters(char c, int count, int offset) {
    switch (c) {
      case 'u':
      case 'y':
        return new Letters('y', count);
      case 'L':
      case 'M':
        return new Letters('M', count);
      case 'k':
      case 'H':
        return new Letters('H', count);
      case 'K':
      case 'h':
        return new Letters('h', count);
      case 'n':
        return new Letters('S', Math.max(count, 9));
      case 'Z':
      case 'x':
      case 'X':
      case 'O':
        return new Letters('X', count);
      case 'v':
      case 'V':
      case 'z':
        return new Letters('z', count);
      case 'd':
      case 'D':
      case 'm':
      case 's':
      case 'S':
      case 'a':
      case 'E':
        return new Letters(c, count);
      default:
        throw new PatternException("the letter '" + c + "' of a date is not known", offset);
    }
  }

  private static @Nullable ZoneId zone(@Nullable String name, int offset) {
    if (name == null || name.isBlank()) {
      return null;
    }
    try {
      return ZoneId.of(name.strip(), ZoneId.SHORT_IDS).normalized();
    } catch (DateTimeException e) {
      throw new PatternException("there is no time zone '" + name.strip() + "'", offset);
    }
  }
}

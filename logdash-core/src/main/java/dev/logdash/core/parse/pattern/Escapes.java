package dev.logdash.core.parse.pattern;

import org.jspecify.annotations.Nullable;

/** What a character behind a backslash stands for. */
final class Escapes {

  /** A character that an escape stands for, and where the escape ends. */
  record Escaped(int codePoint, int end) {}

  private Escapes() {}

  /** The set of {@code \d} and its like, or null. */
  static @Nullable ByteSet set(char c) {
    switch (c) {
      case 'd':
        return ByteSet.DIGIT;
      case 'D':
        return ByteSet.DIGIT.not();
      case 'w':
        return ByteSet.WORD;
      case 'W':
        return ByteSet.WORD.not();
      case 's':
        return ByteSet.SPACE;
      case 'S':
        return ByteSet.SPACE.not();
      case 'h':
        return ByteSet.HEX;
      case 'H':
        return ByteSet.HEX.not();
      default:
        return null;
    }
  }

  /** The set of a POSIX name such as {@code alnum}, or null. */
  static @Nullable ByteSet posix(String name) {
    switch (name) {
      case "alnum":
        return ByteSet.LETTER.or(ByteSet.DIGIT);
      case "alpha":
        return ByteSet.LETTER;
      case "digit":
        return ByteSet.DIGIT;
      case "xdigit":
        return ByteSet.HEX;
      case "word":
        return ByteSet.WORD;
      case "space":
        return ByteSet.SPACE;
      case "blank":
        return ByteSet.of(' ').or(ByteSet.of('\t'));
      case "upper":
        return ByteSet.range('A', 'Z');
      case "lower":
        return ByteSet.range('a', 'z');
      case "punct":
        return ByteSet.range('!', '~').without(ByteSet.LETTER.or(ByteSet.DIGIT));
      case "cntrl":
        return ByteSet.range(0, 0x1f).or(ByteSet.of(0x7f));
      case "print":
        return ByteSet.range(' ', '~').or(ByteSet.range(0x80, 0xff));
      case "graph":
        return ByteSet.range('!', '~').or(ByteSet.range(0x80, 0xff));
      default:
        return null;
    }
  }

  /** The character of the escape whose backslash stands at a place. */
  static Escaped character(String text, int at) {
    if (at + 1 >= text.length()) {
      throw new PatternException("there is nothing behind the backslash", at);
    }
    char c = text.charAt(at + 1);
    switch (c) {
      case 't':
        return new Escaped('\t', at + 2);
      case 'n':
        return new Escaped('\n', at + 2);
      case 'r':
        return new Escaped('\r', at + 2);
      case 'f':
        return new Escaped('\f', at + 2);
      case 'v':
        return new Escaped(0x0b, at + 2);
      case 'a':
        return new Escaped(0x07, at + 2);
      case 'e':
        return new Escaped(0x1b, at + 2);
      case '0':
        return new Escaped(0, at + 2);
      case 'x':
        return text.startsWith("{", at + 2)
            ? hex(text, at, at + 3, text.indexOf('}', at), 1)
            : hex(text, at, at + 2, at + 4, 0);
      case 'u':
        return hex(text, at, at + 2, at + 6, 0);
      default:
        if (c < 0x80 && ByteSet.WORD.has((byte) c) && c != '_') {
          throw new PatternException("\\" + c + " is not known", at);
        }
        int codePoint = text.codePointAt(at + 1);
        return new Escaped(codePoint, at + 1 + Character.charCount(codePoint));
    }
  }

  private static Escaped hex(String text, int at, int from, int to, int closing) {
    if (to <= from || to > text.length() || to - from > 6) {
      throw new PatternException("the number of the character is not whole", at);
    }
    try {
      int codePoint = Integer.parseInt(text.substring(from, to), 16);
      if (!Character.isValidCodePoint(codePoint)) {
        throw new PatternException("there is no character of this number", at);
      }
      return new Escaped(codePoint, to + closing);
    } catch (NumberFormatException e) {
      throw new PatternException("the number of the character is not hexadecimal", at);
    }
  }
}

package dev.logdash.core.template;

import java.util.Locale;

/** What the changing part of a message is. */
public enum Placeholder {
  /** A part whose kind is not known: a word that differs from line to line. */
  ANY("*"),
  /** A number with its sign, fraction, exponent and unit, also inside of a word. */
  NUM,
  /** A hexadecimal number. */
  HEX,
  /** An address of IPv4 or IPv6, with its port. */
  IP,
  UUID,
  /** A hardware address. */
  MAC,
  /** A path of a file or a route. */
  PATH,
  URL,
  /** An e-mail address. */
  EMAIL,
  /** A name of three or more parts with dots: a host, a class. */
  NAME,
  /** A date, a time of day, or both. */
  TIME,
  /** What stands between quotation marks. */
  QUOTED,
  /** A word of letters and digits in turn, such as a random key. */
  ID;

  // Private use: no placeholder is mistaken for a character of a message, which are mapped away.
  private static final char FIRST = '\uE000';
  private static final Placeholder[] ALL = values();

  private final char mark;
  private final String label;

  Placeholder() {
    this.mark = (char) (FIRST + ordinal());
    this.label = '<' + name().toLowerCase(Locale.ROOT) + '>';
  }

  Placeholder(String word) {
    this.mark = (char) (FIRST + ordinal());
    this.label = '<' + word + '>';
  }

  /** How a template shows it, for example {@code <num>}. */
  public String label() {
    return label;
  }

  /** The character that stands for it in a masked message. */
  char mark() {
    return mark;
  }

  static boolean isMark(char c) {
    return c >= FIRST && c < FIRST + ALL.length;
  }

  static Placeholder of(char mark) {
    return ALL[mark - FIRST];
  }
}

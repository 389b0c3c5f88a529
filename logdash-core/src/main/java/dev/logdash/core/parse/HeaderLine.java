package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line that names the columns of those behind it: {@code #Fields: date time c-ip} of W3C's
 * extended format, with spaces or tabs, {@code #fields} of Zeek, and {@code
 * timestamp,level,message} of CSV, with commas, semicolons, bars or tabs. A line of CSV is one only
 * if every cell is a name, no name is there twice, and the known ones tell of a log: a time and
 * something else, or a level and a message.
 */
public final class HeaderLine {

  /** The longest header in bytes; longer lines are none. */
  public static final int MAX_BYTES = 4_096;

  /** The longest text that {@link #next} gives in bytes: of Zeek a path, fields and types. */
  public static final int MAX_TEXT_BYTES = ZeekHeader.LONGEST_PATH + 1 + MAX_BYTES + 1 + MAX_BYTES;

  private static final String FIELDS = "#Fields:";
  private static final int MIN_COLUMNS = 3;
  private static final int MAX_COLUMNS = 100;
  private static final int LONGEST_NAME = 64;

  private final boolean extended;
  private final char separator;
  private final List<String> names;
  private final @Nullable ZeekHeader zeek;

  private HeaderLine(boolean extended, char separator, List<String> names) {
    this.extended = extended;
    this.separator = separator;
    this.names = names;
    this.zeek = null;
  }

  private HeaderLine(ZeekHeader zeek) {
    this.extended = false;
    this.separator = zeek.separator();
    this.names = zeek.names();
    this.zeek = zeek;
  }

  /**
   * The text of the line between {@code from} and {@code to} if it is certainly a header, else
   * null. Looks at few bytes of other lines.
   */
  public static @Nullable String find(byte[] buffer, int from, int to) {
    int end = Bytes.trimEnd(buffer, from, Math.min(to, from + MAX_BYTES + 2));
    if (end - from > MAX_BYTES || !mayBe(buffer, from, end)) {
      return null;
    }
    String text = new String(buffer, from, end - from, UTF_8);
    return read(text) == null ? null : text;
  }

  /**
   * The header behind a line, as {@link #find} gives it, where the line changes it; else null. Of
   * Zeek several lines are one header.
   *
   * @param before the header in front of the line
   */
  public static @Nullable String next(@Nullable String before, byte[] buffer, int from, int to) {
    if (Bytes.at(buffer, from, to) == '#') {
      String zeek = ZeekHeader.with(before, buffer, from, Bytes.trimEnd(buffer, from, to));
      if (zeek != null) {
        return zeek;
      }
    }
    return find(buffer, from, to);
  }

  /** What a text says that {@link #next} gave; null if it is no header, or not all of one. */
  static @Nullable HeaderLine read(String text) {
    if (text.startsWith("#") && !text.startsWith(FIELDS)) {
      ZeekHeader zeek = ZeekHeader.read(text);
      return zeek == null ? null : new HeaderLine(zeek);
    }
    return text.startsWith(FIELDS) ? extended(text) : separated(text);
  }

  boolean isExtended() {
    return extended;
  }

  /** What there is beyond the names, of Zeek. */
  @Nullable ZeekHeader zeek() {
    return zeek;
  }

  char separator() {
    return separator;
  }

  List<String> names() {
    return names;
  }

  private static boolean mayBe(byte[] b, int from, int to) {
    byte first = Bytes.at(b, from, to);
    if (first == '#') {
      return Bytes.startsWith(b, from, to, FIELDS);
    }
    int limit = Math.min(to, from + LONGEST_NAME + 2);
    if (first == '"') {
      int close = Bytes.indexOf(b, from + 1, limit, '"');
      return close > 0 && isSeparator(Bytes.at(b, close + 1, to));
    }
    if (!Bytes.isLetter(first) && first != '_' && first != '@') {
      return false;
    }
    int at = from + 1;
    while (at < limit && isNameByte(b[at])) {
      at++;
    }
    return at < limit && isSeparator(b[at]);
  }

  private static @Nullable HeaderLine extended(String text) {
    String fields = text.substring(FIELDS.length()).strip();
    // With commas, as Exchange has them, the lines are known by their own order.
    char separator = fields.indexOf('\t') > 0 ? '\t' : ' ';
    List<String> names = List.of(fields.split(separator == ' ' ? " +" : "\t", -1));
    boolean timed = names.contains("time") || names.contains("date") || names.contains("date-time");
    boolean fits = names.size() >= MIN_COLUMNS && names.size() <= MAX_COLUMNS;
    return fits && timed && fields.indexOf(',') < 0 ? new HeaderLine(true, separator, names) : null;
  }

  private static @Nullable HeaderLine separated(String text) {
    char separator = separator(text);
    if (separator == 0) {
      return null;
    }
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String cell : text.split(separator == '|' ? "\\|" : String.valueOf(separator), -1)) {
      String name = unquoted(cell.strip());
      if (!isName(name) || !seen.add(name.toLowerCase(Locale.ROOT))) {
        return null;
      }
      names.add(name);
    }
    boolean fits = names.size() >= MIN_COLUMNS && names.size() <= MAX_COLUMNS;
    return fits && isOfLog(names) ? new HeaderLine(false, separator, List.copyOf(names)) : null;
  }

  private static char separator(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isSeparator((byte) text.charAt(i))) {
        return text.charAt(i);
      }
    }
    return 0;
  }

  private static boolean isOfLog(List<String> names) {
    int times = 0;
    int levels = 0;
    int messages = 0;
    int others = 0;
    for (String name : names) {
      switch (KnownKeys.of(name).role()) {
        case TIME:
          times++;
          break;
        case LEVEL:
        case LEVEL_NUMBER:
        case OTEL_NUMBER:
          levels++;
          break;
        case MESSAGE:
        case FORMATTED_MESSAGE:
          messages++;
          break;
        case PLAIN:
          break;
        default:
          others++;
          break;
      }
    }
    return times > 0 ? levels + messages + others > 0 : levels > 0 && messages > 0;
  }

  private static String unquoted(String cell) {
    boolean quoted = cell.length() > 2 && cell.charAt(0) == '"' && cell.endsWith("\"");
    return quoted ? cell.substring(1, cell.length() - 1) : cell;
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || Character.isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isLetterOrDigit(c) && "_-.@ ()/#%".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameByte(byte c) {
    return Bytes.isLetter(c) || Bytes.isDigit(c) || c < 0 || "_-. ()".indexOf(c) >= 0;
  }

  private static boolean isSeparator(byte c) {
    return c == ',' || c == ';' || c == '\t' || c == '|';
  }
}

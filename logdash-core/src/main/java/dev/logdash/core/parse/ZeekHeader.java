package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the lines at the top of a log of Zeek say: {@code #path}, {@code #fields} and {@code
 * #types}, with tabs or with what {@code LogAscii::separator} puts in their place, which stands
 * behind the first word of each. The first field is the time of a log, {@code ts}.
 *
 * @param separator what stands between two fields
 * @param path the kind of log, or empty
 * @param types as many as there are names, or none
 */
record ZeekHeader(char separator, String path, List<String> names, List<String> types) {

  private static final String PATH = "#path";
  private static final String FIELDS = "#fields";
  private static final String TYPES = "#types";
  private static final String SEPARATORS = "\t,;| ";
  private static final int MAX_COLUMNS = 100;
  static final int LONGEST_PATH = 64;

  /** What a text of such lines says; null if it is none, or has no fields. */
  static @Nullable ZeekHeader read(String text) {
    char separator = 0;
    String path = "";
    List<String> names = List.of();
    List<String> types = List.of();
    for (String line : text.split("\n", -1)) {
      if (is(PATH, line)) {
        path = line.substring(PATH.length() + 1);
      } else if (isFields(line)) {
        separator = line.charAt(FIELDS.length());
        names = cells(line, separator);
      } else if (is(TYPES, line) && line.charAt(TYPES.length()) == separator) {
        types = cells(line, separator);
      }
    }
    boolean fits = names.size() >= 2 && names.size() <= MAX_COLUMNS;
    boolean typed = types.size() == names.size();
    return fits ? new ZeekHeader(separator, path, names, typed ? types : List.of()) : null;
  }

  /** Whether the line has this first word and a separator behind it. */
  private static boolean is(String word, String line) {
    return line.startsWith(word)
        && line.length() > word.length()
        && SEPARATORS.indexOf(line.charAt(word.length())) >= 0;
  }

  private static boolean isFields(String line) {
    return is(FIELDS, line)
        && line.startsWith("ts" + line.charAt(FIELDS.length()), FIELDS.length() + 1);
  }

  private static List<String> cells(String line, char separator) {
    List<String> cells = List.of(line.split(Pattern.quote(String.valueOf(separator)), -1));
    return cells.subList(1, cells.size());
  }

  /**
   * The text of the header with a line of its own.
   *
   * @param before the header so far
   * @return null if the line is none of a header
   */
  static @Nullable String with(@Nullable String before, byte[] b, int from, int to) {
    if (to - from > HeaderLine.MAX_BYTES || !mayBe(b, from, to)) {
      return null;
    }
    String line = new String(b, from, to - from, UTF_8);
    if (isFields(line)) {
      String whole = before != null && is(PATH, before) ? firstLine(before) : "";
      return read(line) == null ? null : whole + line;
    }
    if (is(PATH, line) && to - from <= LONGEST_PATH) {
      return line;
    }
    boolean follows =
        before != null && before.contains(FIELDS) && !before.contains(TYPES) && is(TYPES, line);
    return follows ? before + '\n' + line : null;
  }

  private static boolean mayBe(byte[] b, int from, int to) {
    return Bytes.startsWith(b, from, to, FIELDS)
        || Bytes.startsWith(b, from, to, PATH)
        || Bytes.startsWith(b, from, to, TYPES);
  }

  private static String firstLine(String text) {
    int feed = text.indexOf('\n');
    return (feed < 0 ? text : text.substring(0, feed)) + '\n';
  }
}

package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lines at the top of a log of Zeek say: {@code #path}, {@code #fields} and {@code
 * #types}, with tabs. The first field is the time of a log, {@code ts}.
 *
 * @param path the kind of log, or empty
 * @param types as many as there are names, or none
 */
record ZeekHeader(String path, List<String> names, List<String> types) {

  private static final String PATH = "#path\t";
  private static final String FIELDS = "#fields\tts\t";
  private static final String TYPES = "#types\t";
  private static final int MAX_COLUMNS = 100;
  static final int LONGEST_PATH = 64;

  /** What a text of such lines says; null if it is none, or has no fields. */
  static @Nullable ZeekHeader read(String text) {
    String path = "";
    List<String> names = List.of();
    List<String> types = List.of();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(PATH)) {
        path = line.substring(PATH.length());
      } else if (line.startsWith(FIELDS)) {
        names = cells(line);
      } else if (line.startsWith(TYPES)) {
        types = cells(line);
      }
    }
    boolean fits = names.size() >= 2 && names.size() <= MAX_COLUMNS;
    boolean typed = types.size() == names.size();
    return fits ? new ZeekHeader(path, names, typed ? types : List.of()) : null;
  }

  private static List<String> cells(String line) {
    List<String> cells = List.of(line.split("\t", -1));
    return cells.subList(1, cells.size());
  }

  /**
   * The text of the header with a line of its own.
   *
   * @param before the header so far
   * @return null if the line is none of a header
   */
  static @Nullable String with(@Nullable String before, byte[] b, int from, int to) {
    if (to - from > HeaderLine.MAX_BYTES) {
      return null;
    }
    if (Bytes.startsWith(b, from, to, FIELDS)) {
      String fields = new String(b, from, to - from, UTF_8);
      String whole = before != null && before.startsWith(PATH) ? firstLine(before) : "";
      return read(fields) == null ? null : whole + fields;
    }
    if (Bytes.startsWith(b, from, to, PATH) && to - from <= LONGEST_PATH) {
      return new String(b, from, to - from, UTF_8);
    }
    boolean follows = before != null && before.contains(FIELDS) && !before.contains(TYPES);
    if (follows && Bytes.startsWith(b, from, to, TYPES)) {
      return before + '\n' + new String(b, from, to - from, UTF_8);
    }
    return null;
  }

  private static String firstLine(String text) {
    int feed = text.indexOf('\n');
    return (feed < 0 ? text : text.substring(0, feed)) + '\n';
  }
}

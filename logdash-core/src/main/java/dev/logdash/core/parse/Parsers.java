package dev.logdash.core.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The built-in parsers by name. */
public final class Parsers {

  private static final String AUTO = "auto";

  private Parsers() {}

  /** The names that {@link #named} knows: {@code auto}, and one for each format. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(AUTO));
    for (LineFormat format : Formats.BY_RANK) {
      names.add(format.name());
    }
    return List.copyOf(names);
  }

  /**
   * The parser of one format, or for {@code auto} a new {@link DetectingParser}. A parser of a
   * format refuses records of other formats; {@code text} refuses none.
   *
   * @throws IllegalArgumentException if there is no such name; the message offers the nearest
   */
  public static LineParser named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.equals(AUTO)) {
      return detecting();
    }
    for (LineFormat format : Formats.BY_RANK) {
      if (format.name().equals(wanted)) {
        return (b, from, to, sink) ->
            Records.parse(format, b, from, Records.endOfFirstLine(b, from, to), to, sink);
      }
    }
    throw new IllegalArgumentException(
        "no parser is called '"
            + name
            + "'; did you mean '"
            + nearest(wanted)
            + "'? Known: "
            + String.join(", ", names()));
  }

  /**
   * The parser of the records behind a header, which refuses those that have other columns. A row
   * of CSV may have line feeds in quotes; lines behind a row are read as behind any other line.
   *
   * @param header as {@link HeaderLine#find} gives it
   * @return null if the text is no header
   */
  public static @Nullable LineParser columns(String header) {
    LineParser row = ColumnParser.of(header);
    return row == null
        ? null
        : (b, from, to, sink) ->
            Records.parse(row, b, from, endOfRow(header, b, from, to), to, sink);
  }

  private static int endOfRow(String header, byte[] b, int from, int to) {
    int lineEnd = Records.endOfFirstLine(b, from, to);
    QuotedRow row = lineEnd == to ? null : QuotedRow.of(header);
    int end = row == null ? lineEnd : row.end(b, from, to);
    return end < 0 ? lineEnd : end;
  }

  /** A parser that recognises the formats. */
  public static DetectingParser detecting() {
    return new DetectingParser(null);
  }

  /** A parser that tries one parser first and recognises the format where that does not fit. */
  public static DetectingParser detecting(LineParser first) {
    return new DetectingParser(Objects.requireNonNull(first, "first"));
  }

  /** The name of the built-in format that a record is recognised as. */
  public static String formatOf(byte[] buffer, int from, int to) {
    LineFormat found = Formats.recognise(buffer, from, to, new FieldSink());
    return found == null ? "" : found.name();
  }

  /**
   * The field that a member of a JSON object becomes by its name, if its value fits: {@code userId}
   * stays {@code userId}, {@code loggerName} becomes {@code log.logger}.
   */
  public static String fieldOf(String name) {
    return KnownKeys.of(name).field();
  }

  private static String nearest(String name) {
    String best = AUTO;
    int least = Integer.MAX_VALUE;
    for (String candidate : names()) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** The edit distance; of a long name only the beginning counts. */
  private static int distance(String given, String candidate) {
    String name = given.length() > 64 ? given.substring(0, 64) : given;
    int[] row = new int[candidate.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= name.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (name.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[candidate.length()];
  }
}

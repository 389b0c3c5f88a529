package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Lines with what they must tell. In the file an indented line belongs to the line above it and has
 * {@code name=value} or {@code !name}, apart by bars; {@code \\n}, {@code \\t} and {@code \\u} are
 * escapes; a comment begins with a sign and a space, and stands at the top.
 */
final class FormatTable {

  static final List<String> FAMILIES =
      List.of("devices", "databases", "web", "applications", "mail", "texts");

  /** One line and what it must tell. */
  record Row(String line, List<String> expected) {}

  private FormatTable() {}

  static List<Row> rows(String family) {
    List<String> lines = lines(family + ".txt");
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i + 1 < lines.size(); i += 2) {
      String expected = lines.get(i + 1);
      if (!expected.startsWith("    ")) {
        throw new IllegalStateException(family + ", line " + (i + 2) + ": " + expected);
      }
      List<String> parts = new ArrayList<>();
      for (String part : expected.strip().split(" \\| ")) {
        parts.add(unescape(part));
      }
      rows.add(new Row(unescape(lines.get(i)), parts));
    }
    return rows;
  }

  private static List<String> lines(String name) {
    try (InputStream in = FormatTable.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String text) {
    return text.replace("\\t", "\t")
        .replace("\\n", "\n")
        .replace("\\u00b5", "\u00b5")
        .replace("\\u00fc", "\u00fc")
        .replace("\\u001b", "\u001b");
  }
}

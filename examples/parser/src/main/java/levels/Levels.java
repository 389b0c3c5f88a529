package levels;

import dev.logdash.core.parse.DetectingParser;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.Parsers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Counts the lines of the standard input by level, whatever format they have. */
public final class Levels {

  private final DetectingParser parser = Parsers.detecting();
  private final FieldSink fields = new FieldSink();
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Counts one line. */
  public void add(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    fields.clear();
    parser.parse("input", bytes, 0, bytes.length, fields);
    String level = fields.severityText();
    counts.merge(level.isEmpty() ? "none" : level, 1, Integer::sum);
  }

  /** How many lines there were of each level. */
  public Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  public static void main(String[] args) throws IOException {
    Levels levels = new Levels();
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        levels.add(line);
      }
    }
    levels.counts.forEach((level, count) -> System.out.printf("%7d %s%n", count, level));
  }
}

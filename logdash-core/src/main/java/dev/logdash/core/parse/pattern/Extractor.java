package dev.logdash.core.parse.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes named parts out of texts, as they stand. The work on a text is bounded in its length; one
 * that would need more gives nothing. Safe for use by several threads.
 */
public final class Extractor {

  // A column that says how its text looks, as only grok does.
  private static final Pattern GROK = Pattern.compile("%\\{\\w+:[^}]*\\}|\\(\\?<");
  private static final Pattern ANGLE = Pattern.compile("<([\\p{L}\\p{N}_.@-]*)>");

  private final String pattern;
  private final Program program;
  private final List<String> names;
  private final int[] places;

  private Extractor(String pattern, Node node, List<String> columns) {
    this.pattern = pattern;
    this.program = Program.of(node, columns.size());
    this.names = columns.stream().filter(name -> !name.isEmpty()).distinct().toList();
    this.places = columns.stream().mapToInt(names::indexOf).toArray();
  }

  /**
   * What takes texts apart by a pattern: grok where a column says how its text looks, as in {@code
   * took %{NUMBER:took}}; else texts with columns between them, {@code user=%{user} took %{took}
   * ms} or {@code user=<user> took <took> ms}, where a column without a name or with a question
   * mark is passed over. Both fit anywhere in a line, the first that fits; a pattern that begins
   * with a column, where a line begins.
   *
   * @throws PatternException if the pattern cannot be read, or has no named column
   */
  public static Extractor of(String pattern) {
    if (pattern.isBlank() || pattern.length() > PatternParser.MAX_LENGTH) {
      throw new PatternException(
          "a pattern has 1 to " + PatternParser.MAX_LENGTH + " characters", 0);
    }
    Columns columns = new Columns();
    Node node = GROK.matcher(pattern).find() ? grok(pattern, columns) : dissect(pattern, columns);
    Extractor extractor = new Extractor(pattern, node, columns.names());
    if (extractor.names.isEmpty()) {
      throw new PatternException("there is no named column; write one as %{name}", 0);
    }
    return extractor;
  }

  private static Node grok(String pattern, Columns columns) {
    return new GrokReader(Map.of(), columns).read(pattern);
  }

  private static Node dissect(String pattern, Columns columns) {
    String text = pattern.contains("%{") ? pattern : ANGLE.matcher(pattern).replaceAll("%{$1}");
    DissectReader reader = new DissectReader(text.replace("%{_}", "%{}"), columns);
    Node node = reader.readAnywhere();
    if (!reader.assemblies().isEmpty()) {
      throw new PatternException("a column is taken as it stands, without + * &", 0);
    }
    return node;
  }

  /** The names of the columns, each once, in the order in which they begin. */
  public List<String> names() {
    return names;
  }

  /**
   * The parts of a text, in the order of {@link #names}; empty texts where it does not fit, or has
   * no such part. Of several parts with one name the first stays.
   */
  public List<String> extract(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    String[] parts = new String[names.size()];
    Arrays.fill(parts, "");
    int[] slots = slots(bytes);
    for (int i = 0; slots != null && i < places.length; i++) {
      int from = slots[2 * i];
      int to = slots[2 * i + 1];
      if (places[i] >= 0 && from >= 0 && to >= from && parts[places[i]].isEmpty()) {
        parts[places[i]] = new String(bytes, from, to - from, UTF_8);
      }
    }
    return List.of(parts);
  }

  /** The places of the columns in the first line that fits. */
  private int @Nullable [] slots(byte[] text) {
    // A matcher belongs to one thread, and is small beside a text.
    Matcher matcher = new Matcher(program);
    long work = Line.workFor(text.length);
    for (int from = 0; from <= text.length && work > 0; ) {
      int end = Bytes.indexOf(text, from, text.length, '\n');
      int to = end < 0 ? text.length : end;
      if (matcher.find(text, from, to)) {
        return matcher.slots();
      }
      work -= Line.workFor(to - from) - matcher.workLeft();
      from = to + 1;
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Extractor extractor && extractor.pattern.equals(pattern);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pattern);
  }

  /** The pattern. */
  @Override
  public String toString() {
    return pattern;
  }
}

package dev.logdash.core.template;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One masked text, how often it was seen, and the values of its placeholders. */
final class Form {

  static final Comparator<Form> BY_TEXT = (a, b) -> Arrays.compare(a.text, b.text);

  /** Of how many placeholders values are kept. */
  private static final int MOST_STATISTICS = 24;

  final char[] text;
  final long hash;
  final int words;
  final int marks;
  long count;

  /** When it was seen last, in lines. */
  long lastSeen;

  @Nullable Template template;

  private @Nullable Template alone;
  private final ValueStatistics[] values;

  Form(char[] text) {
    this.text = text;
    this.hash = Hash.of(text, 0, text.length);
    int spaces = 0;
    int values = 0;
    for (char c : text) {
      spaces += c == ' ' ? 1 : 0;
      values += Placeholder.isMark(c) ? 1 : 0;
    }
    this.words = spaces + 1;
    this.marks = values;
    this.values = new ValueStatistics[Math.min(values, MOST_STATISTICS)];
    Arrays.setAll(this.values, i -> new ValueStatistics());
  }

  /**
   * Counts a message.
   *
   * @param times how often it came
   * @return by how many bytes this grew
   */
  int count(MaskedText message, long line, long times) {
    count += times;
    lastSeen = line;
    int known = Math.min(values.length, message.values);
    int grown = 0;
    for (int i = 0; i < known; i++) {
      grown += values[i].add(message.in, message.valueStart(i), message.valueEnd(i), times);
    }
    return grown;
  }

  /** Its words. */
  String[] texts() {
    String[] texts = new String[words];
    int start = 0;
    int word = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == ' ') {
        texts[word++] = new String(text, start, i - start);
        start = i + 1;
      }
    }
    return texts;
  }

  /** Adds its words and values to the columns of a pattern. */
  void addTo(ColumnValues[] columns) {
    String[] texts = texts();
    int mark = 0;
    for (int i = 0; i < texts.length; i++) {
      int next = mark;
      for (int j = 0; j < texts[i].length(); j++) {
        next += Placeholder.isMark(texts[i].charAt(j)) ? 1 : 0;
      }
      List<ValueStatistics> part =
          Arrays.asList(values)
              .subList(Math.min(mark, values.length), Math.min(next, values.length));
      columns[i].add(texts[i], part, count);
      mark = next;
    }
  }

  /** The template that it has as long as nothing else is like it. */
  Template alone() {
    Template known = alone;
    if (known == null) {
      Pattern pattern = Generalization.patternOf(this);
      known = Template.mined(pattern.text(), Labels.of(new String(text)));
      alone = known;
    }
    return known;
  }

  /** About how many bytes it takes. */
  int bytes() {
    int bytes = 260 + 5 * text.length;
    for (ValueStatistics value : values) {
      bytes += value.bytes();
    }
    return bytes;
  }
}

package dev.logdash.core.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was at one place of a pattern: statistics for each placeholder while all words are
 * alike, and one for the whole word once they differ. Of words that differ the common edges are
 * kept.
 */
final class ColumnValues {

  private static final String LEFT_EDGES = "=:([{<\"'";
  private static final String RIGHT_EDGES = ",;.:)]}>\"'";

  private @Nullable String word;
  private List<ValueStatistics> parts = new ArrayList<>();
  private final ValueStatistics whole = new ValueStatistics();
  private long alike;
  private boolean mixed;
  private String prefix = "";
  private String suffix = "";

  ColumnValues() {}

  /** As {@link #isMixed}, {@link #prefix} and {@link #suffix} of another one said. */
  ColumnValues(boolean mixed, String prefix, String suffix) {
    this.mixed = mixed;
    this.prefix = prefix;
    this.suffix = suffix;
    this.word = mixed ? null : prefix;
  }

  /**
   * Adds a word.
   *
   * @param values the statistics of its placeholders, as far as they are kept
   */
  void add(String added, List<ValueStatistics> values, long times) {
    if (begin(added)) {
      alike += times;
      for (int i = 0; i < values.size(); i++) {
        if (parts.size() == i) {
          parts.add(new ValueStatistics());
        }
        parts.get(i).merge(values.get(i));
      }
    } else if (values.size() == 1) {
      whole.merge(values.get(0));
    } else {
      addWhole(added, times);
    }
  }

  /** Prepares for a word; whether it is as all before. */
  private boolean begin(String added) {
    if (word == null && !mixed) {
      word = added;
    }
    if (!mixed && added.equals(word)) {
      return true;
    }
    if (mixed) {
      narrow(added);
    } else {
      mix(added);
    }
    return false;
  }

  private void mix(String added) {
    String first = String.valueOf(word);
    if (parts.size() == 1) {
      whole.merge(parts.get(0));
    } else {
      addWhole(first, alike);
    }
    prefix = first.substring(0, leftEdge(first, first.length()));
    suffix = first.substring(rightEdge(first, 0));
    mixed = true;
    word = null;
    parts = List.of();
    narrow(added);
  }

  private void narrow(String added) {
    int left = 0;
    while (left < Math.min(prefix.length(), added.length())
        && prefix.charAt(left) == added.charAt(left)) {
      left++;
    }
    prefix = prefix.substring(0, leftEdge(prefix, left));
    int right = 0;
    int most = Math.min(suffix.length(), added.length() - prefix.length());
    while (right < most
        && suffix.charAt(suffix.length() - 1 - right) == added.charAt(added.length() - 1 - right)) {
      right++;
    }
    suffix = suffix.substring(suffix.length() - right);
  }

  private static int leftEdge(String text, int most) {
    int edge = 0;
    for (int i = 0; i < most && !Placeholder.isMark(text.charAt(i)); i++) {
      if (LEFT_EDGES.indexOf(text.charAt(i)) >= 0) {
        edge = i + 1;
      }
    }
    return edge;
  }

  private static int rightEdge(String text, int least) {
    int edge = text.length();
    while (edge > least && RIGHT_EDGES.indexOf(text.charAt(edge - 1)) >= 0) {
      edge--;
    }
    return edge;
  }

  private void addWhole(String text, long times) {
    char[] chars = Labels.of(text).toCharArray();
    whole.add(chars, 0, chars.length, times);
  }

  /** Counts a word that is in a list of a message, which came some times. */
  void count(MaskedText message, int from, int to, int firstValue, long times) {
    char[] text = message.out;
    boolean same = !mixed && word != null && isWord(text, from, to);
    int marks = 0;
    for (int i = from; i < to; i++) {
      if (Placeholder.isMark(text[i])) {
        int value = firstValue + marks++;
        if (same && value < message.values && marks <= parts.size()) {
          parts
              .get(marks - 1)
              .add(message.in, message.valueStart(value), message.valueEnd(value), times);
        }
      }
    }
    if (same) {
      alike += times;
      return;
    }
    String added = new String(text, from, to - from);
    if (begin(added)) {
      return;
    }
    if (marks == 1 && firstValue < message.values) {
      whole.add(message.in, message.valueStart(firstValue), message.valueEnd(firstValue), times);
    } else {
      addWhole(added, times);
    }
  }

  private boolean isWord(char[] text, int from, int to) {
    String known = String.valueOf(word);
    if (known.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text[i] != known.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  boolean isMixed() {
    return mixed;
  }

  /** What all words begin with; the word if all are alike. */
  String prefix() {
    return mixed ? prefix : String.valueOf(word);
  }

  String suffix() {
    return suffix;
  }

  /** How a template shows it. */
  String text() {
    return mixed ? Labels.of(prefix) + Placeholder.ANY.label() + suffix : Labels.of(prefix());
  }

  /** Adds the values of each placeholder of the text. */
  void report(List<PlaceholderValues> values) {
    if (mixed) {
      values.add(whole.values(Placeholder.ANY, prefix, suffix));
      return;
    }
    String known = prefix();
    int marks = 0;
    for (int i = 0; i < known.length(); i++) {
      if (Placeholder.isMark(known.charAt(i))) {
        ValueStatistics part = marks < parts.size() ? parts.get(marks) : new ValueStatistics();
        values.add(part.values(Placeholder.of(known.charAt(i)), "", ""));
        marks++;
      }
    }
  }

  /** Adds what another one has. */
  void merge(ColumnValues other, long times) {
    if (!other.mixed) {
      add(other.prefix(), other.parts, times);
      return;
    }
    if (!mixed) {
      if (word == null) {
        mixed = true;
        prefix = other.prefix;
        suffix = other.suffix;
      } else {
        mix(other.prefix + Placeholder.ANY.mark() + other.suffix);
      }
    } else {
      narrow(other.prefix + Placeholder.ANY.mark() + other.suffix);
    }
    whole.merge(other.whole);
  }

  /** About how many bytes it takes. */
  int bytes() {
    int bytes = 200 + whole.bytes() + 2 * (prefix().length() + suffix.length());
    for (ValueStatistics part : parts) {
      bytes += part.bytes();
    }
    return bytes;
  }
}

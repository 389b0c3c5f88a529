package dev.logdash.core.template;

import org.jspecify.annotations.Nullable;

/**
 * A pattern with so many forms that they are not kept one by one. It counts what fits it, and stays
 * as it is until another pattern takes it in.
 */
final class ProvenPattern {

  final Word[] words;
  final ColumnValues[] columns;
  long count;

  /** When a message fitted it last, in lines. */
  long lastSeen;

  @Nullable Template template;

  ProvenPattern(Word[] words, ColumnValues[] columns) {
    this.words = words;
    this.columns = columns;
  }

  /** Whether a masked text, which has as many words, fits it. */
  boolean fits(char[] text, int length) {
    int start = 0;
    for (Word word : words) {
      int end = start;
      while (end < length && text[end] != ' ') {
        end++;
      }
      if (word != Word.ANY && !fits(word.text, text, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean fits(String word, char[] text, int from, int to) {
    int i = 0;
    int at = from;
    while (i < word.length() && !Placeholder.isMark(word.charAt(i))) {
      if (at >= to || text[at] != word.charAt(i)) {
        return false;
      }
      i++;
      at++;
    }
    if (i == word.length()) {
      return at == to;
    }
    int last = word.length() - 1;
    int end = to - 1;
    while (!Placeholder.isMark(word.charAt(last))) {
      if (end <= at || text[end] != word.charAt(last)) {
        return false;
      }
      last--;
      end--;
    }
    // A word with several keys has several marks, and nothing else between them may differ.
    return at <= end
        && Placeholder.isMark(text[at])
        && Placeholder.isMark(text[end])
        && (i == last || isSame(word, i, last, text, at, end));
  }

  private static boolean isSame(String word, int first, int last, char[] text, int from, int to) {
    if (last - first != to - from) {
      return false;
    }
    for (int i = first; i <= last; i++) {
      if (word.charAt(i) != text[from + i - first]) {
        return false;
      }
    }
    return true;
  }

  /** Counts the message that is in a masker, which fits. */
  void count(MessageMasker masker, long line) {
    count++;
    lastSeen = line;
    char[] text = masker.chars();
    int start = 0;
    int mark = 0;
    for (ColumnValues column : columns) {
      int end = start;
      int next = mark;
      while (end < masker.length() && text[end] != ' ') {
        next += Placeholder.isMark(text[end++]) ? 1 : 0;
      }
      column.count(masker, start, end, mark);
      mark = next;
      start = end + 1;
    }
  }

  /** About how many bytes it takes. */
  int bytes() {
    int bytes = 200;
    for (ColumnValues column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }
}

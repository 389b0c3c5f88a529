package dev.logdash.core.template;

/** Tells whether a masked text fits a pattern, without garbage. */
final class Fit {

  private Fit() {}

  /** Whether a masked text, which has as many words, fits the words of a pattern. */
  static boolean fits(Word[] words, char[] text, int length) {
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
}

package dev.logdash.core.parse.pattern;

import java.util.ArrayList;
import java.util.List;

/** The texts in curly brackets behind a conversion word. */
final class LayoutOptions {

  private final List<String> texts = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private int end;

  /** Reads the options that begin here, if any do. */
  static LayoutOptions read(String text, int from) {
    LayoutOptions options = new LayoutOptions();
    int at = from;
    while (at < text.length() && text.charAt(at) == '{') {
      int depth = 0;
      int close = at;
      for (; close < text.length(); close++) {
        char c = text.charAt(close);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
      if (close >= text.length()) {
        throw new PatternException("the option is not closed", at);
      }
      options.texts.add(text.substring(at + 1, close));
      options.offsets.add(at + 1);
      at = close + 1;
    }
    options.end = at;
    return options;
  }

  int count() {
    return texts.size();
  }

  String text(int index) {
    return texts.get(index);
  }

  int offset(int index) {
    return offsets.get(index);
  }

  /** Where they end in the pattern. */
  int end() {
    return end;
  }
}

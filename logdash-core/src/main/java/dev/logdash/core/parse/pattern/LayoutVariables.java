package dev.logdash.core.parse.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the defaults of {@code ${NAME:-default}} in place, as Logback does where nothing else is
 * set. The place of each character in the original is kept for messages.
 */
final class LayoutVariables {

  private static final String PID = "PID";
  private static final int MAX_DEPTH = 10;

  private final StringBuilder resolved = new StringBuilder();
  private final List<Integer> origins = new ArrayList<>();

  LayoutVariables(String text) {
    resolve(text, 0, 0);
  }

  String text() {
    return resolved.toString();
  }

  /** Where a character of the text stands in the original. */
  int origin(int offset) {
    if (origins.isEmpty()) {
      return 0;
    }
    return offset < origins.size()
        ? origins.get(offset)
        : origins.get(origins.size() - 1) + offset - origins.size() + 1;
  }

  private void resolve(String text, int origin, int depth) {
    int at = 0;
    while (at < text.length()) {
      if (!text.startsWith("${", at)) {
        add(text.charAt(at), origin + at);
        at++;
        continue;
      }
      int close = closing(text, at + 1);
      if (close < 0 || depth == MAX_DEPTH) {
        throw new PatternException("${ is not closed", origin + at);
      }
      String inside = text.substring(at + 2, close);
      int split = inside.indexOf(":-");
      String name = split < 0 ? inside : inside.substring(0, split);
      if (name.equals(PID)) {
        for (char c : "%pid".toCharArray()) {
          add(c, origin + at);
        }
      } else if (split < 0) {
        throw new PatternException(
            "the value of ${" + name + "} is not known here; write it out", origin + at);
      } else {
        resolve(inside.substring(split + 2), origin + at + 2 + split + 2, depth + 1);
      }
      at = close + 1;
    }
  }

  private void add(char c, int origin) {
    resolved.append(c);
    origins.add(origin);
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int at = open; at < text.length(); at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }
}

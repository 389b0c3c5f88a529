package dev.logdash.core.query;

import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of literal characters, {@code *} for any characters and {@code ?} for one code point; a
 * backslash makes the character behind it literal. It matches whole texts, in time proportional to
 * text times pattern.
 */
public final class Wildcard {

  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] elements;

  private Wildcard(int[] elements) {
    this.elements = elements;
  }

  /** A pattern for folded texts: its literal parts are folded as {@link Tokenizer#fold} does. */
  public static Wildcard folded(String pattern) {
    return new Wildcard(parse(pattern, true));
  }

  /** A pattern for texts as they are. */
  public static Wildcard exact(String pattern) {
    return new Wildcard(parse(pattern, false));
  }

  /** A text as a pattern that matches only it. */
  public static String escape(String literal) {
    StringBuilder escaped = new StringBuilder(literal.length() + 8);
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '*' || c == '?' || c == '\\') {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Whether a pattern has a {@code *} or {@code ?} that is not escaped. */
  public static boolean hasWildcard(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?') {
        return true;
      }
    }
    return false;
  }

  /** Whether the pattern consists of {@code *} alone. */
  public boolean matchesEverything() {
    return elements.length == 1 && elements[0] == ANY;
  }

  public boolean matches(CharSequence text) {
    int at = 0;
    int element = 0;
    int starElement = -1;
    int starAt = 0;
    while (at < text.length()) {
      int codePoint = Character.codePointAt(text, at);
      if (element < elements.length && elements[element] == ANY) {
        starElement = element++;
        starAt = at;
      } else if (element < elements.length
          && (elements[element] == ONE || elements[element] == codePoint)) {
        element++;
        at += Character.charCount(codePoint);
      } else if (starElement >= 0) {
        starAt += Character.charCount(Character.codePointAt(text, starAt));
        at = starAt;
        element = starElement + 1;
      } else {
        return false;
      }
    }
    while (element < elements.length && elements[element] == ANY) {
      element++;
    }
    return element == elements.length;
  }

  /** The pattern with its literal parts as they are compared, escaped where needed. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(elements.length + 8);
    for (int element : elements) {
      if (element == ANY) {
        text.append('*');
      } else if (element == ONE) {
        text.append('?');
      } else {
        text.append(escape(Character.toString(element)));
      }
    }
    return text.toString();
  }

  /** The literal characters in front of the first wildcard. */
  public static String literalStart(String pattern) {
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*' || c == '?') {
        break;
      }
      literal.append(c == '\\' && i + 1 < pattern.length() ? pattern.charAt(++i) : c);
    }
    return literal.toString();
  }

  /** The literal parts of a pattern, unescaped, in order; none of them empty. */
  static List<String> literals(String pattern) {
    List<String> literals = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*' || c == '?') {
        flush(literal, literals);
      } else {
        literal.append(c == '\\' && i + 1 < pattern.length() ? pattern.charAt(++i) : c);
      }
    }
    flush(literal, literals);
    return literals;
  }

  private static void flush(StringBuilder literal, List<String> literals) {
    if (literal.length() > 0) {
      literals.add(literal.toString());
      literal.setLength(0);
    }
  }

  private static int[] parse(String pattern, boolean fold) {
    List<Integer> elements = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*' || c == '?') {
        addLiteral(literal, fold, elements);
        boolean repeated =
            c == '*' && !elements.isEmpty() && elements.get(elements.size() - 1) == ANY;
        if (!repeated) {
          elements.add(c == '*' ? ANY : ONE);
        }
      } else {
        literal.append(c == '\\' && i + 1 < pattern.length() ? pattern.charAt(++i) : c);
      }
    }
    addLiteral(literal, fold, elements);
    return elements.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void addLiteral(StringBuilder literal, boolean fold, List<Integer> elements) {
    String text = fold ? Tokenizer.fold(literal) : literal.toString();
    text.codePoints().forEach(elements::add);
    literal.setLength(0);
  }
}

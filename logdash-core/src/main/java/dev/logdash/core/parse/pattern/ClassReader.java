package dev.logdash.core.parse.pattern;

import java.util.ArrayList;
import java.util.List;

/** Reads a class of characters: {@code [a-z_]}, {@code [^"\\]}, {@code [[:alnum:]-]}. */
final class ClassReader {

  private static final int MAX_DEPTH = 20;

  private final String text;
  private final int open;
  private final boolean anyCase;
  private int at;
  private int depth;
  // Members beyond ASCII, which are texts of several bytes.
  private final List<Node> texts = new ArrayList<>();

  ClassReader(String text, int open, boolean anyCase) {
    this.text = text;
    this.open = open;
    this.at = open;
    this.anyCase = anyCase;
  }

  int end() {
    return at;
  }

  Node read() {
    ByteSet set = set();
    if (texts.isEmpty()) {
      return new Node.One(set);
    }
    List<Node> branches = new ArrayList<>(texts);
    branches.add(0, new Node.One(set));
    return new Node.Any(branches);
  }

  private ByteSet set() {
    int start = at++;
    if (++depth > MAX_DEPTH) {
      throw error("classes in more than " + MAX_DEPTH + " others");
    }
    boolean not = text.startsWith("^", at);
    at += not ? 1 : 0;
    ByteSet set = ByteSet.NONE;
    boolean first = true;
    while (at < text.length() && (text.charAt(at) != ']' || first)) {
      first = false;
      set = set.or(member());
    }
    if (at >= text.length()) {
      throw new PatternException("the class is not closed", start);
    }
    at++;
    depth--;
    if (anyCase) {
      set = set.anyCase();
    }
    if (not && !texts.isEmpty()) {
      throw error("a class of what is not meant can hold ASCII characters only");
    }
    return not ? set.not() : set;
  }

  private ByteSet member() {
    if (text.startsWith("[:", at)) {
      int close = text.indexOf(":]", at);
      if (close > 0) {
        boolean not = text.startsWith("^", at + 2);
        ByteSet named = Escapes.posix(text.substring(at + (not ? 3 : 2), close));
        if (named == null) {
          throw error("there is no class of the name " + text.substring(at + 2, close));
        }
        at = close + 2;
        return not ? named.not() : named;
      }
    }
    if (text.charAt(at) == '[') {
      return set();
    }
    if (text.startsWith("&&", at)) {
      throw error("what two classes share cannot be asked for; list the characters");
    }
    if (text.charAt(at) == '\\' && at + 1 < text.length()) {
      ByteSet known = Escapes.set(text.charAt(at + 1));
      if (known != null) {
        at += 2;
        return known;
      }
    }
    int first = character();
    if (text.startsWith("-", at) && at + 1 < text.length() && text.charAt(at + 1) != ']') {
      at++;
      return range(first, character());
    }
    return range(first, first);
  }

  private int character() {
    if (text.charAt(at) == '\\') {
      if (text.startsWith("\\b", at)) {
        at += 2;
        return '\b';
      }
      Escapes.Escaped character = Escapes.character(text, at);
      at = character.end();
      return character.codePoint();
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private ByteSet range(int first, int last) {
    if (first > last) {
      throw error("the range runs backwards");
    }
    if (last < 0x80) {
      return ByteSet.range(first, last);
    }
    if (first <= 0x80 && last >= 0xffff) {
      return ByteSet.range(first, 0xff);
    }
    if (first < 0x80 || last - first >= 64) {
      throw error("a range beyond ASCII can hold 64 characters at most");
    }
    for (int c = first; c <= last; c++) {
      texts.add(new Node.Text(Character.toString(c)));
    }
    return ByteSet.NONE;
  }

  private PatternException error(String problem) {
    return new PatternException(problem, Math.min(at, Math.max(open, text.length() - 1)));
  }
}

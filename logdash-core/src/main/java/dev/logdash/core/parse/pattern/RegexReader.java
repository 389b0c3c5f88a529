package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.pattern.Node.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression as Ruby and Java write it. What cannot be matched in bounded time is
 * refused: back references, conditions, and looking around further than one character.
 */
final class RegexReader {

  private static final int MAX_COUNT = 1_000;
  private static final int MAX_DEPTH = 100;
  private static final String SIMPLER = "; write what may stand there instead";

  private final String text;
  private final Groups groups;
  private int at;
  private int depth;
  private boolean anyCase;

  /** What the reader meets that is not of regular expressions. */
  interface Groups {

    /** The part with a name, as in {@code (?<name>part)}. */
    Node named(String name, Node part, int offset);

    /** What {@code %{...}} stands for, given what is in the brackets. */
    Node reference(String inside, int offset);
  }

  RegexReader(String text, Groups groups) {
    this.text = text;
    this.groups = groups;
  }

  Node read() {
    Node all = alternatives();
    if (at < text.length()) {
      throw error("there is no bracket that this one closes; write \\)", at);
    }
    return all;
  }

  private Node alternatives() {
    if (++depth > MAX_DEPTH) {
      throw error("brackets in more than " + MAX_DEPTH + " others", at);
    }
    boolean outside = anyCase;
    List<Node> branches = new ArrayList<>();
    branches.add(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      branches.add(sequence());
    }
    anyCase = outside;
    depth--;
    return branches.size() == 1 ? branches.get(0) : new Node.Any(branches);
  }

  private Node sequence() {
    Sequence parts = new Sequence();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(repeated(atom()));
    }
    return parts.build();
  }

  private Node repeated(Node atom) {
    Node node = atom;
    for (int times = 0; at < text.length(); times++) {
      int min;
      int max;
      int next = at + 1;
      char c = text.charAt(at);
      if (c == '*' || c == '+' || c == '?') {
        min = c == '+' ? 1 : 0;
        max = c == '?' ? 1 : Node.UNBOUNDED;
      } else if (c == '{' && countEnd() > 0) {
        next = countEnd() + 1;
        String[] counts = text.substring(at + 1, next - 1).split(",", -1);
        min = count(counts[0], 0);
        max = counts.length == 1 ? min : count(counts[1], Node.UNBOUNDED);
        if (min > max) {
          throw error("counts from " + min + " to " + max + ", which is less", at);
        }
      } else {
        return node;
      }
      if (node instanceof Node.Place || node instanceof Node.Look || times > 0) {
        throw error("there is nothing that '" + c + "' could repeat; write \\" + c, at);
      }
      at = next;
      node = new Node.Repeat(node, min, max, order());
    }
    return node;
  }

  private Order order() {
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
      return Order.SHORTEST;
    }
    if (at < text.length() && text.charAt(at) == '+') {
      at++;
      return Order.ONLY_LONGEST;
    }
    return Order.LONGEST;
  }

  /** Where the count ends that begins here, or -1 if the bracket is a character. */
  private int countEnd() {
    int end = at + 1;
    int commas = 0;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == ',')) {
      commas += text.charAt(end) == ',' ? 1 : 0;
      end++;
    }
    return end < text.length() && text.charAt(end) == '}' && end > at + 1 + commas && commas < 2
        ? end
        : -1;
  }

  private int count(String digits, int otherwise) {
    if (digits.isEmpty()) {
      return otherwise;
    }
    int value = digits.length() > 4 ? MAX_COUNT + 1 : Integer.parseInt(digits);
    if (value > MAX_COUNT) {
      throw error("a repetition counts to " + MAX_COUNT + " at most", at);
    }
    return value;
  }

  private Node atom() {
    char c = text.charAt(at);
    switch (c) {
      case '.':
        at++;
        return new Node.One(ByteSet.LINE);
      case '^':
        at++;
        return Node.Place.START;
      case '$':
        at++;
        return Node.Place.END;
      case '[':
        ClassReader set = new ClassReader(text, at, anyCase);
        Node one = set.read();
        at = set.end();
        return one;
      case '(':
        return group();
      case '\\':
        return escape();
      case '*':
      case '+':
      case '?':
        throw error("there is nothing that '" + c + "' could repeat; write \\" + c, at);
      case '%':
        if (text.startsWith("%{", at)) {
          int close = text.indexOf('}', at);
          if (close < 0) {
            throw error("%{ is not closed", at);
          }
          int start = at;
          at = close + 1;
          return groups.reference(text.substring(start + 2, close), start);
        }
        return character();
      default:
        return character();
    }
  }

  private Node character() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return literal(c);
  }

  private Node literal(int c) {
    if (anyCase && c < 0x80 && Character.isLetter(c)) {
      return new Node.One(ByteSet.of(c).anyCase());
    }
    return new Node.Text(Character.toString(c));
  }

  private Node group() {
    int open = at;
    at++;
    if (!text.startsWith("?", at)) {
      return closed(alternatives(), open);
    }
    if (text.startsWith("?:", at)) {
      at += 2;
      return closed(alternatives(), open);
    }
    if (text.startsWith("?>", at)) {
      at += 2;
      return new Node.Once(closed(alternatives(), open));
    }
    if (text.startsWith("?=", at) || text.startsWith("?!", at)) {
      boolean wanted = text.charAt(at + 1) == '=';
      at += 2;
      return look(closed(alternatives(), open), false, wanted, open);
    }
    if (text.startsWith("?<=", at) || text.startsWith("?<!", at)) {
      boolean wanted = text.charAt(at + 2) == '=';
      at += 3;
      return look(closed(alternatives(), open), true, wanted, open);
    }
    if (text.startsWith("?<", at) || text.startsWith("?P<", at)) {
      int start = text.indexOf('<', at) + 1;
      int end = text.indexOf('>', start);
      if (end <= start) {
        throw error("the name of the group is not closed", open);
      }
      at = end + 1;
      return groups.named(text.substring(start, end), closed(alternatives(), open), open);
    }
    return flags(open);
  }

  private Node flags(int open) {
    boolean on = true;
    boolean outside = anyCase;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == ')') {
        // Holds up to the end of the group around it.
        at++;
        return Node.EMPTY;
      }
      if (c == ':') {
        at++;
        Node part = closed(alternatives(), open);
        anyCase = outside;
        return part;
      }
      if (c == '-') {
        on = false;
      } else if (c == 'i') {
        anyCase = on;
      } else if (c != 'm' && c != 's') {
        // Both are about line feeds, and a line has none.
        break;
      }
    }
    throw error("this kind of group is not known" + SIMPLER, open);
  }

  private Node closed(Node inside, int open) {
    if (at >= text.length()) {
      throw error("the bracket is not closed", open);
    }
    at++;
    return inside;
  }

  private Node look(Node inside, boolean behind, boolean wanted, int open) {
    Node part =
        inside instanceof Node.Seq seq && seq.parts().size() == 1 ? seq.parts().get(0) : inside;
    if (part instanceof Node.One one) {
      return new Node.Look(one.set(), behind, wanted);
    }
    if (part instanceof Node.Text one && one.text().length() == 1 && one.text().charAt(0) < 0x80) {
      return new Node.Look(ByteSet.of(one.text().charAt(0)), behind, wanted);
    }
    throw error("looking around further than one character takes unbounded time" + SIMPLER, open);
  }

  private Node escape() {
    int start = at;
    if (at + 1 >= text.length()) {
      throw error("there is nothing behind the backslash", at);
    }
    char c = text.charAt(at + 1);
    ByteSet set = Escapes.set(c);
    if (set != null) {
      at += 2;
      return new Node.One(set);
    }
    switch (c) {
      case 'b':
        at += 2;
        return Node.Place.WORD_EDGE;
      case 'B':
        at += 2;
        return Node.Place.NO_WORD_EDGE;
      case 'A':
        at += 2;
        return Node.Place.START;
      case 'z':
      case 'Z':
        at += 2;
        return Node.Place.END;
      case 'Q':
        int end = text.indexOf("\\E", at);
        int stop = end < 0 ? text.length() : end;
        Node quoted = quoted(text.substring(at + 2, stop));
        at = end < 0 ? stop : stop + 2;
        return quoted;
      default:
        break;
    }
    if ((c >= '1' && c <= '9') || c == 'k' || c == 'g') {
      throw error("a reference back to a group takes unbounded time" + SIMPLER, start);
    }
    Escapes.Escaped character = Escapes.character(text, at);
    at = character.end();
    return literal(character.codePoint());
  }

  private Node quoted(String content) {
    return new Node.Seq(content.codePoints().mapToObj(this::literal).toList());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static PatternException error(String problem, int offset) {
    return new PatternException(problem, offset);
  }
}

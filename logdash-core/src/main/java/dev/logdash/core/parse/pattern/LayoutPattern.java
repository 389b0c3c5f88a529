package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.pattern.Node.Order;
import java.util.List;

/** Reads the pattern of a layout and says what the lines look like that it writes. */
final class LayoutPattern {

  private static final int MAX_DEPTH = 20;
  private static final int MAX_WIDTH = 1_000;

  /** What colours a terminal, where it is printed. */
  private static final Node COLOUR =
      new Node.Repeat(
          new Sequence()
              .text("\u001b[")
              .add(Node.any(ByteSet.DIGIT.or(ByteSet.of(';')), Order.LONGEST))
              .text("m")
              .build(),
          0,
          Node.UNBOUNDED,
          Order.LONGEST);

  private final LayoutDialect dialect;
  private final Columns columns;
  private final LayoutColumns words;
  private final LayoutVariables variables;
  private final String text;
  private int at;
  private int depth;
  private boolean lineEnded;

  LayoutPattern(String pattern, LayoutDialect dialect, Columns columns) {
    this.dialect = dialect;
    this.columns = columns;
    this.words = new LayoutColumns(dialect, columns);
    this.variables = new LayoutVariables(pattern);
    this.text = variables.text();
  }

  /** What fits a line, from its begin to its end. */
  Node read() {
    try {
      Node items = items(text.length(), false);
      if (at < text.length()) {
        throw new PatternException("there is no bracket that this one closes; write \\)", at);
      }
      if (columns.all().isEmpty()) {
        throw new PatternException("there is no conversion word; write one as %msg", 0);
      }
      return new Sequence().add(Node.Place.START).add(open(items)).add(Node.Place.END).build();
    } catch (PatternException e) {
      throw e.at(variables.origin(e.column() - 1));
    }
  }

  /** Blanks that end a line may be missing or be more. */
  private static Node open(Node items) {
    Sequence line = new Sequence();
    List<Node> parts = items instanceof Node.Seq seq ? seq.parts() : List.of(items);
    for (int i = 0; i < parts.size(); i++) {
      Node part = parts.get(i);
      boolean last = i == parts.size() - 1;
      if (last && part instanceof Node.Text end) {
        line.text(end.text().stripTrailing());
      } else if (!(last && part instanceof Node.Pad)) {
        line.add(part);
      }
    }
    Node built = line.build();
    return endsWithText(built)
        ? built
        : new Sequence().add(built).add(Node.any(ByteSet.SPACE, Order.LONGEST)).build();
  }

  private static boolean endsWithText(Node node) {
    Node last =
        node instanceof Node.Seq seq && !seq.parts().isEmpty()
            ? seq.parts().get(seq.parts().size() - 1)
            : node;
    return last instanceof Node.Column column
        ? endsWithText(column.part())
        : last instanceof Node.Repeat run
            && run.part() instanceof Node.One one
            && one.set() == ByteSet.LINE;
  }

  private Node items(int to, boolean inBrackets) {
    if (++depth > MAX_DEPTH) {
      throw new PatternException("layouts in more than " + MAX_DEPTH + " others", at);
    }
    Sequence parts = new Sequence();
    while (at < to) {
      char c = text.charAt(at);
      if (c == ')' && dialect == LayoutDialect.LOGBACK) {
        if (inBrackets) {
          break;
        }
        parts.text(literal(")"));
        at++;
      } else if (c == '\\' && at + 1 < to) {
        parts.text(literal(escaped(text.charAt(at + 1))));
        at += 2;
      } else if (c == '%' && dialect == LayoutDialect.LOG4J && text.startsWith("%%", at)) {
        parts.text(literal("%"));
        at += 2;
      } else if (c == '%') {
        parts.add(conversion(to));
      } else {
        int character = text.codePointAt(at);
        parts.text(literal(Character.toString(character)));
        at += Character.charCount(character);
      }
    }
    depth--;
    return parts.build();
  }

  private String literal(String part) {
    if (part.equals("\n") || part.equals("\r")) {
      lineEnded |= part.equals("\n");
      return "";
    }
    if (lineEnded && !part.isBlank()) {
      throw moreThanOneLine(at);
    }
    return lineEnded ? "" : part;
  }

  private static PatternException moreThanOneLine(int offset) {
    return new PatternException("a layout of more than one line cannot be read back", offset);
  }

  private static String escaped(char c) {
    switch (c) {
      case '_':
        return "";
      case 't':
        return "\t";
      case 'n':
        return "\n";
      case 'r':
        return "\r";
      default:
        return String.valueOf(c);
    }
  }

  private Node conversion(int to) {
    int start = at++;
    boolean left = at < to && text.charAt(at) == '-';
    at += left ? 1 : 0;
    int width = number(to);
    if (at < to && text.charAt(at) == '.') {
      at++;
      at += at < to && text.charAt(at) == '-' ? 1 : 0;
      number(to);
    }
    Node content = content(start, to);
    if (width == 0 || content.equals(Node.EMPTY)) {
      return content;
    }
    if (!left) {
      return new Sequence().add(Node.any(ByteSet.of(' '), Order.LONGEST)).add(content).build();
    }
    int begin = columns.reserve((b, from, end, sink) -> {}, start);
    return new Sequence()
        .add(new Node.Column(begin, content))
        .add(new Node.Pad(begin, width))
        .build();
  }

  private int number(int to) {
    int start = at;
    int value = 0;
    while (at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.min(MAX_WIDTH + 1, 10 * value + text.charAt(at++) - '0');
    }
    if (value > MAX_WIDTH) {
      throw new PatternException("a width of more than " + MAX_WIDTH, start);
    }
    return value;
  }

  private Node content(int start, int to) {
    if (at < to && text.charAt(at) == '(' && dialect == LayoutDialect.LOGBACK) {
      Node inside = brackets(to);
      at = LayoutOptions.read(text, at).end();
      return inside;
    }
    int length = dialect.lengthOfWord(text, at);
    String name = text.substring(at, Math.min(to, at + length));
    LayoutWord word = dialect.words().get(name);
    if (word == null) {
      throw new PatternException(
          name.isEmpty()
              ? "there is no conversion word behind the percent sign"
              : "there is no conversion word '"
                  + name
                  + "'"
                  + Nearest.hint(name, dialect.words().keySet()),
          start);
    }
    at += length;
    if (word == LayoutWord.NEW_LINE) {
      lineEnded = true;
      return Node.EMPTY;
    }
    if (lineEnded && word != LayoutWord.EXCEPTION) {
      throw moreThanOneLine(start);
    }
    if (word == LayoutWord.INSIDE || word == LayoutWord.OPTIONAL) {
      return inside(word, start, to);
    }
    if (at < to && text.charAt(at) == '(' && dialect == LayoutDialect.LOGBACK) {
      brackets(to);
    }
    LayoutOptions options = LayoutOptions.read(text, at);
    at = options.end();
    return words.of(word, options, start);
  }

  /** The layout in round brackets. */
  private Node brackets(int to) {
    int open = at++;
    Node inside = items(to, true);
    if (at >= to) {
      throw new PatternException("the bracket is not closed", open);
    }
    at++;
    return inside;
  }

  private Node inside(LayoutWord word, int start, int to) {
    Node inside;
    if (dialect == LayoutDialect.LOGBACK) {
      if (at >= to || text.charAt(at) != '(') {
        throw new PatternException("a layout in round brackets must follow", start);
      }
      inside = brackets(to);
      at = LayoutOptions.read(text, at).end();
    } else {
      LayoutOptions options = LayoutOptions.read(text, at);
      if (options.count() == 0) {
        throw new PatternException("a layout in curly brackets must follow", start);
      }
      at = options.offset(0);
      inside = items(at + options.text(0).length(), false);
      at = options.end();
    }
    if (word == LayoutWord.OPTIONAL) {
      return new Node.Repeat(inside, 0, 1, Order.LONGEST);
    }
    return new Sequence().add(COLOUR).add(inside).add(COLOUR).build();
  }
}

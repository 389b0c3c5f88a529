package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.pattern.Node.Order;
import java.util.ArrayList;
import java.util.List;

/** Writes a pattern as a regular expression of RE2. */
final class Re2Text {

  private final StringBuilder regex = new StringBuilder();
  private final List<Integer> groups = new ArrayList<>();
  private boolean possible = true;

  /** Whether RE2 has all that the pattern needs. */
  boolean write(Node node) {
    add(node);
    return possible;
  }

  String text() {
    return regex.toString();
  }

  /** The columns, in the order of their groups. */
  List<Integer> groups() {
    return groups;
  }

  private void add(Node node) {
    if (node instanceof Node.Seq seq) {
      seq.parts().forEach(this::add);
    } else if (node instanceof Node.Text text) {
      text.text().codePoints().forEach(this::character);
    } else if (node instanceof Node.One one) {
      one.set().appendTo(regex);
    } else if (node instanceof Node.Repeat repeat) {
      repeat(repeat);
    } else if (node instanceof Node.Any any) {
      any(any);
    } else if (node instanceof Node.Column column) {
      groups.add(column.index());
      regex.append('(');
      add(column.part());
      regex.append(')');
    } else if (node instanceof Node.Pad) {
      regex.append(" *");
    } else if (node instanceof Node.Read read) {
      regex.append("(?:").append(read.reader().regex()).append(')');
    } else if (node instanceof Node.Place place) {
      place(place);
    } else {
      possible = false;
    }
  }

  private void character(int c) {
    regex.append(String.format("\\x{%x}", c));
  }

  private void any(Node.Any any) {
    regex.append("(?:");
    for (int i = 0; i < any.branches().size(); i++) {
      if (i > 0) {
        regex.append('|');
      }
      add(any.branches().get(i));
    }
    regex.append(')');
  }

  private void repeat(Node.Repeat repeat) {
    possible &= repeat.order() == Order.LONGEST || repeat.order() == Order.SHORTEST;
    regex.append("(?:");
    add(repeat.part());
    regex.append("){").append(repeat.min()).append(',');
    if (repeat.max() != Node.UNBOUNDED) {
      regex.append(repeat.max());
    }
    regex.append('}');
    if (repeat.order() == Order.SHORTEST) {
      regex.append('?');
    }
  }

  private void place(Node.Place place) {
    switch (place) {
      case START:
        regex.append("\\A");
        break;
      case END:
        regex.append("\\z");
        break;
      case WORD_EDGE:
        regex.append("\\b");
        break;
      case NO_WORD_EDGE:
        regex.append("\\B");
        break;
    }
  }
}

package dev.logdash.core.parse.pattern;

import java.util.ArrayList;
import java.util.List;

/** Puts nodes behind each other; texts that touch become one. */
final class Sequence {

  private final List<Node> parts = new ArrayList<>();

  Sequence add(Node node) {
    if (node instanceof Node.Seq seq) {
      seq.parts().forEach(this::add);
      return this;
    }
    Node last = parts.isEmpty() ? Node.EMPTY : parts.get(parts.size() - 1);
    if (node instanceof Node.Text text && last instanceof Node.Text before) {
      parts.set(parts.size() - 1, new Node.Text(before.text() + text.text()));
    } else {
      parts.add(node);
    }
    return this;
  }

  Sequence text(String text) {
    return text.isEmpty() ? this : add(new Node.Text(text));
  }

  Node build() {
    return parts.size() == 1 ? parts.get(0) : new Node.Seq(parts);
  }
}

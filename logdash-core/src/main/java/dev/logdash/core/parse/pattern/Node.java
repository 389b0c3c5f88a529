package dev.logdash.core.parse.pattern;

import java.util.List;

/** What a pattern is made of, whichever notation it was written in. */
sealed interface Node {

  /** The most that a repetition counts to. */
  int UNBOUNDED = Integer.MAX_VALUE;

  Node EMPTY = new Seq(List.of());

  /** This text. */
  record Text(String text) implements Node {}

  /** One character of a set. */
  record One(ByteSet set) implements Node {}

  /** One behind the other. */
  record Seq(List<Node> parts) implements Node {
    public Seq {
      parts = List.copyOf(parts);
    }
  }

  /** The first of these that lets the rest fit. */
  record Any(List<Node> branches) implements Node {
    public Any {
      branches = List.copyOf(branches);
    }
  }

  /** How often a part is tried first. */
  enum Order {
    LONGEST,
    SHORTEST,
    /** The longest, and nothing else. */
    ONLY_LONGEST,
    /** The shortest behind which the rest may begin, and nothing else. */
    ONLY_SHORTEST
  }

  record Repeat(Node part, int min, int max, Order order) implements Node {}

  /** What fits is the text of a column. */
  record Column(int index, Node part) implements Node {}

  /** The first way in which the part fits, and no other. */
  record Once(Node part) implements Node {}

  /** Spaces up to a width in characters, counted from where the column begins. */
  record Pad(int column, int width) implements Node {}

  /** Something that is read by hand, in one way only. */
  record Read(Reader reader) implements Node {}

  /** A place that is looked at and not passed. */
  enum Place implements Node {
    START,
    END,
    WORD_EDGE,
    NO_WORD_EDGE
  }

  /** Whether the character before or behind is one of the set; the end of the line is none. */
  record Look(ByteSet set, boolean behind, boolean wanted) implements Node {}

  /** Reads something by hand. */
  interface Reader {

    /** Where what starts here ends, or -1 if nothing does. */
    int end(byte[] b, int from, int to);

    /** The bytes that it can begin with. */
    ByteSet first();

    /** The same for RE2, which may take more. */
    String regex();
  }

  static Node one(int character) {
    return new One(ByteSet.of(character));
  }

  static Node many(ByteSet set) {
    return new Repeat(new One(set), 1, UNBOUNDED, Order.LONGEST);
  }

  static Node any(ByteSet set, Order order) {
    return new Repeat(new One(set), 0, UNBOUNDED, order);
  }
}

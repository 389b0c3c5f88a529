package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.pattern.Instruction.Kind;
import dev.logdash.core.parse.pattern.Node.Order;

/**
 * A pattern as steps over bytes: texts, runs of sets, and choices. Where the byte that follows
 * tells which way is the right one, no other is tried.
 *
 * @param columns how many columns there are; each has two slots for its ends
 * @param slots how many places a matcher remembers
 */
record Program(java.util.List<Instruction> steps, int columns, int slots, First first) {

  Program {
    steps = java.util.List.copyOf(steps);
  }

  /**
   * Compiles a pattern.
   *
   * @throws PatternException if it has more than {@value Assembler#MAX_STEPS} steps
   */
  static Program of(Node node, int columns) {
    Assembler assembler = new Assembler(columns);
    assembler.add(node);
    assembler.add(Kind.DONE);
    return assembler.finish();
  }

  /** Whether a match can only begin where the line does. */
  boolean isAnchored() {
    for (Instruction step : steps) {
      if (step.kind == Kind.PLACE) {
        return step.place == Node.Place.START;
      }
      if (step.kind == Kind.LONGEST || step.kind == Kind.SHORTEST || step.kind == Kind.RUN) {
        // What begins with any text begins at once or not at all.
        return step.isLine;
      }
      if (step.kind != Kind.SAVE) {
        return false;
      }
    }
    return false;
  }

  static boolean isRun(Node.Repeat repeat) {
    return repeat.part() instanceof Node.One
        || (repeat.part() instanceof Node.Text text
            && text.text().length() == 1
            && text.text().charAt(0) < 0x80);
  }

  static ByteSet setOf(Node part) {
    return part instanceof Node.One one
        ? one.set()
        : ByteSet.of(((Node.Text) part).text().charAt(0));
  }

  static Kind kindOf(Order order) {
    switch (order) {
      case SHORTEST:
      case ONLY_SHORTEST:
        return Kind.SHORTEST;
      case ONLY_LONGEST:
        return Kind.RUN;
      default:
        return Kind.LONGEST;
    }
  }
}

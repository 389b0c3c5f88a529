package dev.logdash.core.parse.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.pattern.Instruction.Kind;
import dev.logdash.core.parse.pattern.Node.Order;
import java.util.ArrayList;
import java.util.List;

/** Writes the steps of a pattern and finds out at each choice what tells the ways apart. */
final class Assembler {

  /** A pattern of more steps is refused, as its repetitions are written out. */
  static final int MAX_STEPS = 5_000;

  private static final int MAX_TARGETS = Long.SIZE;

  private final List<Instruction> steps = new ArrayList<>();
  private final int columns;
  private int slots;

  Assembler(int columns) {
    this.columns = columns;
    this.slots = 2 * columns;
  }

  Instruction add(Kind kind) {
    if (steps.size() >= MAX_STEPS) {
      throw new PatternException("the pattern is too large; count less in its repetitions", 0);
    }
    Instruction step = new Instruction(kind);
    steps.add(step);
    return step;
  }

  void add(Node node) {
    if (node instanceof Node.Seq seq) {
      seq.parts().forEach(this::add);
    } else if (node instanceof Node.Text text) {
      text(text.text());
    } else if (node instanceof Node.One one) {
      add(Kind.ONE).set = one.set();
    } else if (node instanceof Node.Repeat repeat) {
      repeat(repeat);
    } else if (node instanceof Node.Any any) {
      any(any.branches());
    } else if (node instanceof Node.Column column) {
      add(Kind.SAVE).slot = 2 * column.index();
      add(column.part());
      add(Kind.SAVE).slot = 2 * column.index() + 1;
    } else if (node instanceof Node.Once once) {
      int slot = slots++;
      add(Kind.ONCE).slot = slot;
      add(once.part());
      add(Kind.ONCE_END).slot = slot;
    } else if (node instanceof Node.Pad pad) {
      Instruction step = add(Kind.PAD);
      step.slot = 2 * pad.column();
      step.min = pad.width();
    } else if (node instanceof Node.Read read) {
      add(Kind.READ).reader = read.reader();
    } else if (node instanceof Node.Place place) {
      add(Kind.PLACE).place = place;
    } else if (node instanceof Node.Look look) {
      Instruction step = add(Kind.LOOK);
      step.set = look.set();
      step.behind = look.behind();
      step.wanted = look.wanted();
    } else {
      throw new AssertionError(node);
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      byte[] bytes = text.getBytes(UTF_8);
      add(bytes.length == 1 ? Kind.BYTE : Kind.TEXT).text = bytes;
    }
  }

  private void any(List<Node> branches) {
    if (branches.size() > MAX_TARGETS) {
      List<Node> front = new ArrayList<>(branches.subList(0, MAX_TARGETS - 1));
      front.add(new Node.Any(branches.subList(MAX_TARGETS - 1, branches.size())));
      any(front);
      return;
    }
    Instruction choice = add(Kind.CHOOSE);
    int[] targets = new int[branches.size()];
    List<Instruction> jumps = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      targets[i] = steps.size();
      add(branches.get(i));
      if (i < targets.length - 1) {
        jumps.add(add(Kind.JUMP));
      }
    }
    choice.targets = targets;
    jumps.forEach(jump -> jump.targets = new int[] {steps.size()});
  }

  private void repeat(Node.Repeat repeat) {
    if (Program.isRun(repeat)) {
      Instruction run = add(Program.kindOf(repeat.order()));
      run.set = Program.setOf(repeat.part());
      run.min = repeat.min();
      run.max = repeat.max();
      run.isLineSet = run.set.isLine();
      run.isLine = run.isLineSet && !run.isCounted() && run.min == 0;
      run.isFinal = repeat.order() == Order.ONLY_SHORTEST;
      return;
    }
    if (repeat.order() == Order.ONLY_LONGEST) {
      add(new Node.Once(new Node.Repeat(repeat.part(), repeat.min(), repeat.max(), Order.LONGEST)));
      return;
    }
    for (int i = 0; i < repeat.min(); i++) {
      add(repeat.part());
    }
    if (repeat.max() == Node.UNBOUNDED) {
      loop(repeat.part(), repeat.order());
    } else {
      optional(repeat.part(), repeat.max() - repeat.min(), repeat.order());
    }
  }

  private void loop(Node part, Order order) {
    int start = steps.size();
    Instruction choice = add(Kind.CHOOSE);
    int slot = slots++;
    add(Kind.SAVE).slot = slot;
    add(part);
    add(Kind.PROGRESS).slot = slot;
    add(Kind.JUMP).targets = new int[] {start};
    choice.targets = targets(order, start + 1, steps.size());
  }

  private void optional(Node part, int times, Order order) {
    List<Instruction> choices = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      choices.add(add(Kind.CHOOSE));
      starts.add(steps.size());
      add(part);
    }
    for (int i = 0; i < times; i++) {
      choices.get(i).targets = targets(order, starts.get(i), steps.size());
    }
  }

  private static int[] targets(Order order, int again, int exit) {
    return order == Order.SHORTEST ? new int[] {exit, again} : new int[] {again, exit};
  }

  Program finish() {
    Firsts firsts = new Firsts(steps);
    for (int i = 0; i < steps.size(); i++) {
      Instruction step = steps.get(i);
      if (step.kind == Kind.LONGEST || step.kind == Kind.SHORTEST) {
        decide(step, firsts.at(i + 1));
        step.follow = textAt(i + 1);
      } else if (step.kind == Kind.CHOOSE) {
        decide(step, firsts);
      }
    }
    return new Program(steps, columns, slots, firsts.at(0));
  }

  private static void decide(Instruction run, First after) {
    run.after = after;
    boolean apart = !run.set.meets(after.set()) && !after.looked();
    boolean shortest = run.kind == Kind.SHORTEST;
    run.next = after.done() || after.end() ? -1 : after.set().single();
    if (apart && !run.isCounted() && !(shortest && after.done())) {
      run.kind = Kind.RUN;
    }
  }

  /** The text that must stand at a step, or none. */
  private byte[] textAt(int index) {
    int at = index;
    while (steps.get(at).kind == Kind.SAVE) {
      at++;
    }
    return steps.get(at).text;
  }

  private static void decide(Instruction choice, Firsts firsts) {
    choice.targetsByByte = new long[256];
    for (int i = 0; i < choice.targets.length; i++) {
      First first = firsts.at(choice.targets[i]);
      for (int b = 0; b < 256; b++) {
        if (first.done() || first.set().has((byte) b)) {
          choice.targetsByByte[b] |= 1L << i;
        }
      }
      if (first.end()) {
        choice.targetsAtEnd |= 1L << i;
      }
    }
  }
}

package dev.logdash.core.parse.pattern;

import org.jspecify.annotations.Nullable;

/** One step of a {@link Program}. */
final class Instruction {

  /** What a step does. */
  enum Kind {
    BYTE,
    TEXT,
    ONE,
    /** Passes over a run of a set, which ends where the set does. */
    RUN,
    /** Passes over a run of a set, the longest first. */
    LONGEST,
    /** Passes over a run of a set, the shortest first. */
    SHORTEST,
    SAVE,
    /** Tries the targets in their order. */
    CHOOSE,
    JUMP,
    /** Fails if nothing was read since a place was saved. */
    PROGRESS,
    ONCE,
    ONCE_END,
    PAD,
    READ,
    PLACE,
    LOOK,
    DONE
  }

  private static final byte[] NO_TEXT = new byte[0];

  Kind kind;
  byte[] text = NO_TEXT;
  ByteSet set = ByteSet.NONE;
  int min;
  int max;
  int slot;
  int[] targets = new int[0];
  Node.@Nullable Reader reader;
  Node.@Nullable Place place;
  boolean behind;
  boolean wanted;

  // What follows, for a run; what each target can begin with, for a choice.
  First after = First.NOTHING;

  /** The text that follows, if it is one. */
  byte[] follow = NO_TEXT;

  /** Whether the first place where the rest may begin is the only one that is tried. */
  boolean isFinal;

  /** The only byte that can follow, or -1. */
  int next = -1;

  /** Whether the set holds every byte of a line. */
  boolean isLineSet;

  /** Whether a run may pass over every byte of a line and is not counted. */
  boolean isLine;

  long[] targetsByByte = new long[0];
  long targetsAtEnd;

  Instruction(Kind kind) {
    this.kind = kind;
  }

  boolean isCounted() {
    return min > 1 || max != Node.UNBOUNDED;
  }
}

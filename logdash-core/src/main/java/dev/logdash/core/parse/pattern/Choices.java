package dev.logdash.core.parse.pattern;

import java.util.Arrays;

/**
 * The choices of a program that are open, the last one first, and the slots, which get back what
 * they held when a choice was opened before its next way is taken.
 */
final class Choices {

  private static final int MOST = 50_000;

  private final int[] slots;

  // What the slots held before they were set behind a choice, to be put back: slot, value, ...
  private int[] trail = new int[64];
  private int trailSize;

  private int[] steps = new int[32];
  private int[] places = new int[32];
  private int[] trails = new int[32];
  private long[] rests = new long[32];
  private int size;

  Choices(int slots) {
    this.slots = new int[slots];
  }

  /** The begin and the end of each column, or -1; further slots behind them. */
  int[] slots() {
    return slots;
  }

  void clear() {
    Arrays.fill(slots, -1);
    trailSize = 0;
    size = 0;
  }

  /** How many choices are open. */
  int size() {
    return size;
  }

  /** Gives up the choices that were opened last, down to a number of them. */
  void cut(int toSize) {
    size = toSize;
  }

  /**
   * Opens a choice.
   *
   * @param rest what is left to try, as the step understands it
   * @return whether there was room
   */
  boolean open(int step, int place, long rest) {
    if (size == steps.length) {
      if (size >= MOST) {
        return false;
      }
      int capacity = 2 * size;
      steps = Arrays.copyOf(steps, capacity);
      places = Arrays.copyOf(places, capacity);
      trails = Arrays.copyOf(trails, capacity);
      rests = Arrays.copyOf(rests, capacity);
    }
    steps[size] = step;
    places[size] = place;
    trails[size] = trailSize;
    rests[size++] = rest;
    return true;
  }

  /** Closes the last choice, which {@link #step}, {@link #place} and {@link #rest} then tell. */
  void close() {
    int behind = trails[--size];
    while (trailSize > behind) {
      trailSize -= 2;
      slots[trail[trailSize]] = trail[trailSize + 1];
    }
  }

  int step() {
    return steps[size];
  }

  int place() {
    return places[size];
  }

  long rest() {
    return rests[size];
  }

  void save(int slot, int value) {
    if (size > 0) {
      if (trailSize + 2 > trail.length) {
        trail = Arrays.copyOf(trail, 2 * trail.length);
      }
      trail[trailSize++] = slot;
      trail[trailSize++] = slots[slot];
    }
    slots[slot] = value;
  }
}

package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The secrets found in one line so far, from left to right without overlap. */
public final class Findings {

  private static final String MASK = "***";

  private int[] bounds = {};
  private String[] masks = {};
  private int count;
  private int detectors;
  private int behindLast;

  Findings(int start) {
    behindLast = start;
  }

  /**
   * Marks a range of the text to be replaced by three stars. What lies before the end of an earlier
   * mark is taken already and stays as it is.
   */
  public void mask(int from, int to) {
    maskAs(from, to, MASK);
  }

  /** Marks a bare JSON value, which becomes a string so that the document stays valid. */
  void maskQuoted(int from, int to, boolean escaped) {
    maskAs(from, to, escaped ? "\\\"***\\\"" : "\"***\"");
  }

  void maskAs(int from, int to, String mask) {
    if (from < behindLast || to <= from) {
      return;
    }
    if (count == masks.length) {
      masks = Arrays.copyOf(masks, 2 * count + 2);
      bounds = Arrays.copyOf(bounds, 2 * masks.length);
    }
    masks[count] = mask;
    bounds[2 * count] = from;
    bounds[2 * count + 1] = to;
    count++;
    behindLast = to;
  }

  /** Notes which detector found what was added last. */
  void by(int detector) {
    detectors |= 1 << detector;
  }

  /** Notes that what was added last was found by all that found something else. */
  void by(Findings inside) {
    detectors |= inside.detectors;
  }

  /** A bit for each detector that found something. */
  int detectors() {
    return detectors;
  }

  int count() {
    return count;
  }

  int behindLast() {
    return behindLast;
  }

  /** Whether a value is what {@link #mask} leaves, and so needs no mark. */
  static boolean isMask(byte[] text, int from, int to) {
    return Ascii.equals(text, from, to, MASK);
  }

  byte[] applyTo(byte[] text, int start, int end) {
    int size = end - start;
    for (int i = 0; i < count; i++) {
      size += masks[i].getBytes(UTF_8).length - (bounds[2 * i + 1] - bounds[2 * i]);
    }
    byte[] redacted = new byte[size];
    int from = start;
    int into = 0;
    for (int i = 0; i < count; i++) {
      int kept = bounds[2 * i] - from;
      System.arraycopy(text, from, redacted, into, kept);
      byte[] mask = masks[i].getBytes(UTF_8);
      System.arraycopy(mask, 0, redacted, into + kept, mask.length);
      into += kept + mask.length;
      from = bounds[2 * i + 1];
    }
    System.arraycopy(text, from, redacted, into, end - from);
    return redacted;
  }
}

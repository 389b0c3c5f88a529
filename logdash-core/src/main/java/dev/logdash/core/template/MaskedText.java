package dev.logdash.core.template;

import java.util.Arrays;

/**
 * A message, what was made of it so far, and where in the message its values are. Its parts are
 * fields because each character passes through them.
 */
final class MaskedText {

  /** How much of a message counts. */
  static final int MOST_CHARS = 4_096;

  /** How many values of a message are told apart; further ones are masked all the same. */
  static final int MOST_VALUES = 64;

  /** The message, up to {@link #limit}. */
  char[] in = new char[256];

  int limit;

  /** The masked message, up to {@link #length}. */
  char[] out = new char[2 * in.length];

  int length;

  /** How many values there are so far. */
  int values;

  private final int[] starts = new int[MOST_VALUES];
  private final int[] ends = new int[MOST_VALUES];

  /** Begins with a message. */
  void load(String message) {
    limit = Math.min(message.length(), MOST_CHARS);
    if (limit > in.length) {
      in = new char[Math.min(MOST_CHARS, Math.max(limit, 2 * in.length))];
      // Only empty quotation marks become longer, by half.
      out = new char[2 * in.length];
    }
    message.getChars(0, limit, in, 0);
    length = 0;
    values = 0;
  }

  /** Goes back to what was made before a place; {@link #value} may follow. */
  void back(int toLength, int toValues) {
    length = toLength;
    values = toValues;
  }

  /** Puts a character of the message that is at a place; the place behind it. */
  int append(char c, int i) {
    out[length++] = c;
    return i + 1;
  }

  /** Puts a placeholder for what is between two places; the second place. */
  int value(Placeholder kind, int from, int to) {
    char mark = kind.mark();
    if (length >= 4
        && out[length - 1] == ','
        && out[length - 2] == mark
        && out[length - 3] == ','
        && out[length - 4] == mark) {
      length--;
      return to;
    }
    if (values < MOST_VALUES) {
      starts[values] = from;
      ends[values++] = to;
    }
    out[length++] = mark;
    return to;
  }

  int valueStart(int value) {
    return starts[value];
  }

  int valueEnd(int value) {
    return ends[value];
  }

  /** How many words the masked message has. */
  int words() {
    int words = 1;
    for (int i = 0; i < length; i++) {
      words += out[i] == ' ' ? 1 : 0;
    }
    return words;
  }

  /** The masked message in an array of its own. */
  char[] copy() {
    return Arrays.copyOf(out, length);
  }
}

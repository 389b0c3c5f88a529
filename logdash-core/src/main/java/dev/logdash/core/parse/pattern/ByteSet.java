package dev.logdash.core.parse.pattern;

import java.util.Arrays;

/**
 * A set of bytes of UTF-8. Of the bytes beyond ASCII it holds all or none, so that it is a set of
 * characters too.
 */
final class ByteSet {

  static final ByteSet NONE = new ByteSet(new boolean[256]);
  static final ByteSet LINE = of('\n').not();
  static final ByteSet DIGIT = range('0', '9');
  static final ByteSet LETTER = range('a', 'z').or(range('A', 'Z'));
  static final ByteSet WORD = DIGIT.or(LETTER).or(of('_'));
  static final ByteSet SPACE = of(' ').or(range('\t', '\r'));
  static final ByteSet HEX = DIGIT.or(range('a', 'f')).or(range('A', 'F'));

  private final boolean[] members;

  private ByteSet(boolean[] members) {
    this.members = members;
  }

  static ByteSet of(int member) {
    return range(member, member);
  }

  static ByteSet range(int first, int last) {
    boolean[] members = new boolean[256];
    Arrays.fill(members, first, last + 1, true);
    return new ByteSet(members);
  }

  ByteSet or(ByteSet other) {
    boolean[] both = members.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] |= other.members[i];
    }
    return new ByteSet(both);
  }

  ByteSet not() {
    boolean[] rest = new boolean[256];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = !members[i];
    }
    return new ByteSet(rest);
  }

  ByteSet without(ByteSet other) {
    return not().or(other).not();
  }

  /** With the other case of each letter. */
  ByteSet anyCase() {
    boolean[] both = members.clone();
    for (int lower = 'a'; lower <= 'z'; lower++) {
      boolean either = members[lower] || members[lower - 32];
      both[lower] = either;
      both[lower - 32] = either;
    }
    return new ByteSet(both);
  }

  boolean has(byte b) {
    return members[b & 0xff];
  }

  boolean hasNonAscii() {
    return members[0x80];
  }

  boolean meets(ByteSet other) {
    for (int i = 0; i < members.length; i++) {
      if (members[i] && other.members[i]) {
        return true;
      }
    }
    return false;
  }

  /** The only member, or -1 if there are more or none. */
  int single() {
    int found = -1;
    for (int i = 0; i < members.length; i++) {
      if (members[i]) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  /** Whether every byte of a line is a member. */
  boolean isLine() {
    for (int i = 0; i < members.length; i++) {
      if (!members[i] && i != '\n') {
        return false;
      }
    }
    return true;
  }

  /** As a class of RE2. */
  void appendTo(StringBuilder regex) {
    regex.append('[');
    int length = regex.length();
    for (int first = 0; first < 0x80; first++) {
      int last = first;
      while (last < 0x80 && members[last]) {
        last++;
      }
      if (last > first) {
        regex.append(String.format("\\x%02x-\\x%02x", first, last - 1));
        first = last;
      }
    }
    if (hasNonAscii()) {
      regex.append("\\x{80}-\\x{10FFFF}");
    }
    if (regex.length() == length) {
      // An empty class is written as all but everything.
      regex.append("^\\x00-\\x{10FFFF}");
    }
    regex.append(']');
  }
}

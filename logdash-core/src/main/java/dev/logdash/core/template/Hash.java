package dev.logdash.core.template;

/** Hashes of 64 bits, which are the same in every process. */
final class Hash {

  private Hash() {}

  static long of(char[] chars, int from, int to) {
    long even = 0x9E3779B97F4A7C15L;
    long odd = (long) to - from;
    int i = from;
    for (; i + 1 < to; i += 2) {
      even = (even ^ chars[i]) * 0xC2B2AE3D27D4EB4FL;
      odd = (odd ^ chars[i + 1]) * 0x165667B19E3779F9L;
    }
    if (i < to) {
      even = (even ^ chars[i]) * 0xC2B2AE3D27D4EB4FL;
    }
    return mix(even ^ Long.rotateLeft(odd, 31));
  }

  static long mix(long bits) {
    long h = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
    return h ^ (h >>> 29);
  }
}

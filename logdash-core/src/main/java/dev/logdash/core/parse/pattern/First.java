package dev.logdash.core.parse.pattern;

/**
 * What a part of a program can begin with.
 *
 * @param set the bytes
 * @param done whether the program may be done without another byte
 * @param end whether the part fits at the end of the line
 * @param looked whether it may be done after a look at what stands around
 */
record First(ByteSet set, boolean done, boolean end, boolean looked) {

  static final First NOTHING = new First(ByteSet.NONE, false, false, false);
  static final First DONE = new First(ByteSet.NONE, true, true, false);
  static final First END = new First(ByteSet.NONE, false, true, false);

  static First of(ByteSet set) {
    return new First(set, false, false, false);
  }

  First or(First other) {
    return new First(
        set.or(other.set), done || other.done, end || other.end, looked || other.looked);
  }

  First afterLook() {
    return new First(set, done, end, done);
  }
}

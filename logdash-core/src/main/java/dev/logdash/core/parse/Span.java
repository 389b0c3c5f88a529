package dev.logdash.core.parse;

/** A range of a line that is remembered until it is known what it means. */
final class Span {

  private int from;
  private int to;

  void clear() {
    from = 0;
    to = 0;
  }

  void set(int start, int end) {
    from = start;
    to = end;
  }

  void set(Span other) {
    set(other.from, other.to);
  }

  boolean isSet() {
    return to > from;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  void put(String name, byte[] b, FieldSink sink) {
    if (isSet() && !(to - from == 1 && b[from] == '-')) {
      sink.put(name, b, from, to);
    }
  }

  void putNumber(String name, byte[] b, FieldSink sink) {
    if (isSet()) {
      sink.put(name, Bytes.number(b, from, to));
    }
  }
}

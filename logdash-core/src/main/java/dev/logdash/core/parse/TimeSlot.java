package dev.logdash.core.parse;

/** The time of a record, and how much of a point in time its text names. */
final class TimeSlot {

  // What the text names, the more the higher.
  private static final int NOTHING = 0;
  private static final int TIME_OF_DAY = 1;
  private static final int DAY_OF_YEAR = 2;
  private static final int WITHOUT_ZONE = 3;
  private static final int POINT = 4;

  private int exactness;
  private long nanos;
  private final TextSlot text = new TextSlot();

  void clear() {
    exactness = NOTHING;
    text.clear();
  }

  boolean isSet() {
    return exactness > NOTHING;
  }

  boolean isDateless() {
    return exactness == TIME_OF_DAY;
  }

  boolean isYearless() {
    return exactness == DAY_OF_YEAR;
  }

  boolean isZoneless() {
    return exactness > NOTHING && exactness < POINT;
  }

  long nanos() {
    return nanos;
  }

  String text() {
    return text.get();
  }

  void setPoint(long epochNanos, boolean zoneless, byte[] b, int from, int to) {
    set(zoneless ? WITHOUT_ZONE : POINT, epochNanos, b, from, to);
  }

  void setDayOfYear(long nanosOfYear, byte[] b, int from, int to) {
    set(DAY_OF_YEAR, nanosOfYear, b, from, to);
  }

  void setTimeOfDay(long nanosOfDay, byte[] b, int from, int to) {
    set(TIME_OF_DAY, nanosOfDay, b, from, to);
  }

  private void set(int howExact, long value, byte[] b, int from, int to) {
    if (exactness == NOTHING) {
      exactness = howExact;
      nanos = value;
      text.set(b, from, to);
    }
  }

  /** Takes the other time if there is one and its text says as much as ours. */
  void adopt(TimeSlot other) {
    if (other.isSet() && other.exactness >= exactness) {
      exactness = other.exactness;
      nanos = other.nanos;
      text.set(other.text);
    }
  }
}

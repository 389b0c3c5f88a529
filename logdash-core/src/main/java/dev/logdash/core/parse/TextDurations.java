package dev.logdash.core.parse;

/**
 * A duration in a text, where the words in front of it say that something lasted so long: {@code
 * took 35 ms}, {@code elapsed=2m3s}, {@code completed in 1.2 seconds}. A time to wait, a limit and
 * a number without a unit are none.
 */
final class TextDurations {

  private static final double MINUTE = 60e9;
  private static final int MAX_PARTS = 4;
  private static final int LONGEST_NUMBER = 15;
  // How far back the clause is read that stands in front of: in 35 ms
  private static final int LONGEST_CLAUSE = 160;

  private static final int SURE = 1;
  private static final int DURATION = 2;
  private static final int TIME = 3;
  private static final int IN = 4;
  private static final WordTable CUES =
      new WordTable(
          "took taken elapsed elapsedtime timeelapsed timetaken latency responsetime executiontime"
              + " processingtime requesttime requestduration responseduration queryduration"
              + " querytime exectime totaltime walltime roundtrip rtt",
          "duration",
          "time",
          "in");
  // What may stand in front of "duration" or "time" for it to be that of the thing the text is
  // about.
  private static final WordTable OF_THE_THING =
      new WordTable(
          "request response query execution exec processing total elapsed run call statement"
              + " transaction job task build step test operation import export upload download"
              + " load loading startup its the with and real wall api rpc sql roundtrip");
  private static final WordTable DONE =
      new WordTable(
          "done took ready sent built ran found read wrote written complete got served ok fetched");
  // Words of what is to come, or of what did not happen.
  private static final WordTable TO_COME =
      new WordTable(
          "will would next again retry retries retried retrying reconnect reconnecting reconnection"
              + " restart restarting wait waiting sleep sleeping schedule scheduled rescheduled"
              + " scheduling expire expires expired expiring timeout delay delayed delaying going"
              + " starting stopping shutting trying try backing backoff attempt attempting planned"
              + " due until before remaining left once not no never last within every");

  private TextDurations() {}

  /** Puts the duration that begins with the digit at {@code at}; whether there is one. */
  static boolean at(byte[] b, int from, int at, int to, FieldSink sink) {
    byte before = b[at - 1];
    if (before != ' ' && before != '=' && before != ':') {
      return false;
    }
    double total = 0;
    int part = at;
    long least = Long.MAX_VALUE;
    for (int parts = 0; parts < MAX_PARTS; parts++) {
      int end = DurationUnits.endOfNumber(b, part, to);
      if (end == part || end - part > LONGEST_NUMBER) {
        return false;
      }
      int unit = Bytes.at(b, end, to) == ' ' ? end + 1 : end;
      int unitEnd = DurationUnits.end(b, unit, to);
      // As in: port 22 ssh2
      boolean word = unitEnd - unit > 2 && Bytes.isDigit(Bytes.at(b, unitEnd, to));
      long nanos = unitEnd == unit || word ? 0 : DurationUnits.nanos(b, unit, unitEnd);
      if (nanos == 0 || nanos >= least) {
        return false;
      }
      least = nanos;
      total += Durations.number(b, part, end) * nanos;
      part = unitEnd;
      if (part < to && b[part] == ' ' && least >= MINUTE && nanosBehind(b, part + 1, to)) {
        part++;
      } else if (part >= to || !Bytes.isDigit(b[part])) {
        break;
      }
    }
    byte next = Bytes.at(b, part, to);
    if (next == '/' || next == '%' || Bytes.isDigit(next) || Bytes.isLetter(next)) {
      return false;
    }
    return isCertain(b, from, at, total) && Durations.put(total, sink);
  }

  /** Whether another part follows, as in: 1 min 5 s */
  private static boolean nanosBehind(byte[] b, int at, int to) {
    int end = DurationUnits.endOfNumber(b, at, to);
    int unit = Bytes.at(b, end, to) == ' ' ? end + 1 : end;
    return end > at && DurationUnits.nanos(b, unit, DurationUnits.end(b, unit, to)) > 0;
  }

  private static boolean isCertain(byte[] b, int from, int number, double nanos) {
    byte mark = b[number - 1];
    int end = Bytes.trimEnd(b, from, number);
    boolean assigned = end > from && (b[end - 1] == '=' || b[end - 1] == ':');
    if (assigned) {
      end = Bytes.trimEnd(b, from, end - 1);
    }
    int word = startOfKey(b, from, end);
    switch (CUES.get(b, word, end)) {
      case SURE:
        return true;
      case DURATION:
        return !isLetterBefore(b, from, word) || isOfTheThing(b, from, word);
      case TIME:
        return isOfTheThing(b, from, word) || (mark == '=' && !isLetterBefore(b, from, word));
      case IN:
        return !assigned && mark == ' ' && nanos < 60 * MINUTE && tellsOfThePast(b, from, word);
      default:
        return false;
    }
  }

  private static boolean isLetterBefore(byte[] b, int from, int word) {
    int before = Bytes.trimEnd(b, from, word);
    return before > from && (Bytes.isLetter(b[before - 1]) || b[before - 1] < 0);
  }

  private static boolean isOfTheThing(byte[] b, int from, int word) {
    int before = Bytes.trimEnd(b, from, word);
    return OF_THE_THING.get(b, startOfKey(b, from, before), before) > 0;
  }

  /** Whether the clause in front of {@code in} tells of what was done, and of nothing to come. */
  private static boolean tellsOfThePast(byte[] b, int from, int in) {
    int first = Math.max(from, in - LONGEST_CLAUSE);
    int end = Bytes.trimEnd(b, first, in);
    boolean done = false;
    while (end > first) {
      int word = end;
      while (word > first && Bytes.isLetter(b[word - 1])) {
        word--;
      }
      if (word < end) {
        if (TO_COME.get(b, word, end) > 0) {
          return false;
        }
        boolean past = end - word >= 4 && (b[end - 1] | 0x20) == 'd' && (b[end - 2] | 0x20) == 'e';
        done |= past || DONE.get(b, word, end) > 0;
      }
      end = word;
      if (end > first) {
        byte sign = b[end - 1];
        if ((sign == ',' || sign == ';' || sign == '.') && b[end] == ' ') {
          break;
        }
        end--;
      }
    }
    return done;
  }

  private static int startOfKey(byte[] b, int from, int end) {
    int at = end;
    while (at > from
        && (Bytes.isLetter(b[at - 1])
            || Bytes.isDigit(b[at - 1])
            || b[at - 1] == '_'
            || b[at - 1] == '-'
            || b[at - 1] == '.')) {
      at--;
    }
    return at;
  }
}

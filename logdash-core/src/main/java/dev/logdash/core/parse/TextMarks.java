package dev.logdash.core.parse;

import dev.logdash.core.parse.multiline.Continuation;

/**
 * Finds in free text what carries its own mark: ids behind a key ({@link TextIds}), addresses of
 * mail, durations ({@link TextDurations}), and the class of an exception, as in {@code
 * a.b.CartException: empty}. Fields that are there already stay as they are.
 */
final class TextMarks {

  private static final int SHORTEST = 8;

  private static final long REST_BITS = ~Bytes.HIGH_BITS;
  private static final long SPACES = Bytes.LOW_BITS * ' ';
  // Added to a byte below 128, its highest bit tells whether it is at least this character.
  private static final long FROM_DIGITS = Bytes.LOW_BITS * (0x80 - '0');
  private static final long FROM_SIGNS = Bytes.LOW_BITS * (0x80 - ':');
  private static final long BEHIND_SIGNS = Bytes.LOW_BITS * (0x80 - 'A');

  // The ends of the words that matter in front of a sign: of an id, of a parent, of an exception.
  private static final boolean[] ENDS = of("dDtT\"nre");
  // The beginnings of units of time, the bytes of the micro sign among them.
  private static final boolean[] UNITS = of("mMsSnNuUhH\u00c2\u00ce");

  private byte[] b = new byte[0];
  private int from;
  private int to;
  private boolean wantsDuration;
  private final TextIds ids = new TextIds();

  private static boolean[] of(String bytes) {
    boolean[] set = new boolean[256];
    for (int i = 0; i < bytes.length(); i++) {
      set[bytes.charAt(i)] = true;
    }
    return set;
  }

  /** Adds what the range tells, which is one line and may have JSON's escapes. */
  void find(byte[] buffer, int start, int end, FieldSink sink) {
    // The members of an object have names of their own.
    if (end - start < SHORTEST || buffer[start] == '{') {
      return;
    }
    b = buffer;
    from = start;
    to = end;
    wantsDuration = !sink.contains(Names.DURATION);
    int at = start;
    // Whether the byte before is a space or a sign, in the place of the first byte of a word.
    long before = 0;
    for (; at + 8 <= end; at += 8) {
      long word = Bytes.word(buffer, at);
      long apart = apart(word);
      long hits = hits(word, apart, before);
      before = apart >>> 56;
      if (hits != 0) {
        marks(buffer, at, hits, sink);
      }
    }
    if (at < end) {
      // The last eight bytes, without those of them that were looked at.
      int last = end - 8;
      long word = Bytes.word(buffer, last);
      long hits = hits(word, apart(word), 0) & (-1L << (8 * (at - last)));
      if (hits != 0) {
        marks(buffer, last, hits, sink);
      }
    }
    if (endsLikeException(buffer[end - 2], buffer[end - 1])) {
      exceptionAtEnd(sink);
    }
  }

  /** The highest bits of the bytes that are a space or one of {@code : ; < = > ? @}. */
  private static long apart(long word) {
    long rest = word & REST_BITS;
    long spaces = ~((rest ^ SPACES) + REST_BITS);
    return (spaces | ((rest + FROM_SIGNS) & ~(rest + BEHIND_SIGNS))) & ~word & Bytes.HIGH_BITS;
  }

  /** The highest bits of those signs, and of the digits behind what is apart. */
  private static long hits(long word, long apart, long before) {
    long fromSigns = (word & REST_BITS) + FROM_SIGNS;
    long digits = ((word & REST_BITS) + FROM_DIGITS) & ~fromSigns & ~word;
    return (apart & fromSigns) | (digits & (apart << 8 | before));
  }

  private void marks(byte[] buffer, int at, long hits, FieldSink sink) {
    for (long left = hits; left != 0; left &= left - 1) {
      int place = at + (Long.numberOfTrailingZeros(left) >>> 3);
      byte c = buffer[place];
      if (c < ':') {
        if (wantsDuration && mayHaveUnit(place + 1)) {
          wantsDuration = !TextDurations.at(b, from, place, to, sink);
        }
      } else if (c == '@' || (place > from && ENDS[buffer[place - 1] & 0xff])) {
        mark(c, place, sink);
      }
    }
  }

  private void mark(byte sign, int at, FieldSink sink) {
    if (sign == '@') {
      TextMail.around(b, from, at, to, sink);
    } else if (sign == ':' || sign == '=') {
      if (sign == ':') {
        exception(at, sink);
      }
      ids.behind(b, from, at, to, sink);
    }
  }

  /** Whether what stands behind the number that goes on here begins like a unit of time. */
  private boolean mayHaveUnit(int number) {
    int at = number;
    while (at < to && (Bytes.isDigit(b[at]) || b[at] == '.')) {
      at++;
    }
    byte next = Bytes.at(b, at, to);
    return UNITS[(next == ' ' ? Bytes.at(b, at + 1, to) : next) & 0xff];
  }

  /** Takes the class in front of a colon if it is that of an exception. */
  private void exception(int colon, FieldSink sink) {
    byte next = Bytes.at(b, colon + 1, to);
    if (colon - from > 8
        && (next == ' ' || colon + 1 == to)
        && endsLikeException(b[colon - 2], b[colon - 1])) {
      int start = startOfType(colon);
      if (Continuation.endOfExceptionType(b, start, to) == colon && isApart(start)) {
        sink.put(Names.ERROR_TYPE, b, start, colon);
      }
    }
  }

  /** Takes a class that is the whole text, or stands at its end behind a colon. */
  private void exceptionAtEnd(FieldSink sink) {
    int start = startOfType(to);
    boolean told =
        start == from || (start >= from + 2 && b[start - 1] == ' ' && b[start - 2] == ':');
    if (told && Continuation.endOfExceptionType(b, start, to) == to) {
      sink.put(Names.ERROR_TYPE, b, start, to);
    }
  }

  // The last letters of Exception, Error, Throwable and Failure.
  private static boolean endsLikeException(byte other, byte last) {
    return other == 'o'
        ? last == 'n' || last == 'r'
        : last == 'e' && (other == 'l' || other == 'r');
  }

  private int startOfType(int end) {
    int at = end;
    while (at > from
        && (Bytes.isLetter(b[at - 1])
            || Bytes.isDigit(b[at - 1])
            || b[at - 1] == '.'
            || b[at - 1] == '_'
            || b[at - 1] == '$')) {
      at--;
    }
    return at;
  }

  private boolean isApart(int start) {
    return start == from || " \t([{\"'=:<>;,|".indexOf(b[start - 1]) >= 0;
  }
}

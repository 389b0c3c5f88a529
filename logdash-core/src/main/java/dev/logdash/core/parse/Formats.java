package dev.logdash.core.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of the built-in formats, by rank: of several formats that fit a line, the first in this
 * order is the one.
 */
final class Formats {

  static final List<LineFormat> BY_RANK =
      List.of(
          new JsonParser(),
          new Syslog5424Parser(),
          new Syslog3164Parser(),
          new AccessParser(),
          new ApacheErrorParser(),
          new NginxErrorParser(),
          new KlogParser(),
          new LogcatParser(),
          new LayoutParser(),
          new LogfmtParser(),
          new TimedTextParser(),
          new TextParser());

  private static final LineFormat[] FORMATS = BY_RANK.toArray(LineFormat[]::new);

  // A bit for each format, the highest rank lowest.
  private static final long[] BY_FIRST_BYTE = new long[256];
  private static final long SURE;

  static {
    if (FORMATS.length > Long.SIZE) {
      throw new ExceptionInInitializerError("more formats than bits");
    }
    long sure = 0;
    for (int rank = 0; rank < FORMATS.length; rank++) {
      long bit = 1L << rank;
      sure |= FORMATS[rank].isSure() ? bit : 0;
      for (int first = 0; first < BY_FIRST_BYTE.length; first++) {
        BY_FIRST_BYTE[first] |= FORMATS[rank].mayBeginWith((byte) first) ? bit : 0;
      }
    }
    SURE = sure;
  }

  private Formats() {}

  /** The first format that fits the record, which is then in the sink; null if none does. */
  static @Nullable LineFormat recognise(byte[] b, int from, int to, FieldSink sink) {
    int lineEnd = Records.endOfFirstLine(b, from, to);
    for (long left = candidates(b, from, to); left != 0; left &= left - 1) {
      LineFormat format = FORMATS[Long.numberOfTrailingZeros(left)];
      if (Records.parse(format, b, from, lineEnd, to, sink)) {
        return format;
      }
    }
    return null;
  }

  /**
   * Parses a line that stands behind the header of another format, where any text may stand, by the
   * first of the formats that fits and is told apart surely.
   */
  static boolean recogniseInside(byte[] b, int from, int to, FieldSink sink) {
    for (long left = candidates(b, from, to) & SURE; left != 0; left &= left - 1) {
      if (FORMATS[Long.numberOfTrailingZeros(left)].parse(b, from, to, sink)) {
        return true;
      }
    }
    return false;
  }

  private static long candidates(byte[] b, int from, int to) {
    return BY_FIRST_BYTE[Bytes.at(b, from, to) & 0xff];
  }
}

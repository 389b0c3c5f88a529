package dev.logdash.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of syslog messages apart: counted octets, or a line each. Which of the two it is
 * shows in the first character of each message: a digit counts, anything else begins a line.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6587">RFC 6587</a>
 */
final class SyslogFrames {

  private static final int BUFFER = 64 * 1024;
  private static final int MAX_DIGITS = 8;

  private final BufferedInputStream in;
  private final int maxBytes;
  private byte[] frame = new byte[1024];
  private int length;
  private long wholeLength;

  SyslogFrames(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.maxBytes = maxBytes;
  }

  /**
   * The next message, of a longer one than is kept the beginning; null at the end.
   *
   * @throws IOException if the stream fails or is none of syslog
   */
  byte @Nullable [] next() throws IOException {
    length = 0;
    wholeLength = 0;
    int first = in.read();
    while (first == '\n' || first == '\r' || first == 0 || first == ' ') {
      first = in.read();
    }
    if (first < 0) {
      return null;
    }
    boolean counted = first >= '1' && first <= '9';
    return counted ? counted(first) : line(first);
  }

  /** The bytes of the whole message, of which {@link #next} may have kept the beginning. */
  long wholeLength() {
    return wholeLength;
  }

  /** Whether a message can be read without waiting, at least begun. */
  boolean isReady() throws IOException {
    return in.available() > 0;
  }

  private byte[] counted(int first) throws IOException {
    long count = (long) first - '0';
    int next = in.read();
    for (int digits = 1; next >= '0' && next <= '9'; digits++) {
      if (digits == MAX_DIGITS) {
        throw new IOException("a message of more than 99,999,999 bytes is announced");
      }
      count = 10 * count + next - '0';
      next = in.read();
    }
    if (next != ' ') {
      throw new IOException("a space was expected behind the length of a message");
    }
    for (long i = 0; i < count; i++) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("the stream ends in the middle of a message");
      }
      keep(octet);
    }
    wholeLength = count;
    trimEnd();
    return Arrays.copyOf(frame, length);
  }

  private byte[] line(int first) throws IOException {
    for (int octet = first; octet >= 0 && octet != '\n' && octet != 0; octet = in.read()) {
      keep(octet);
      wholeLength++;
    }
    trimEnd();
    return Arrays.copyOf(frame, length);
  }

  private void keep(int octet) {
    if (length == maxBytes) {
      return;
    }
    if (length == frame.length) {
      frame = Arrays.copyOf(frame, Math.min(maxBytes, 2 * frame.length));
    }
    frame[length++] = (byte) octet;
  }

  private void trimEnd() {
    while (length > 0 && (frame[length - 1] == '\r' || frame[length - 1] == '\n')) {
      length--;
      wholeLength--;
    }
  }
}

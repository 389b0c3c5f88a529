package dev.logdash.api.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who made a record. {@code (producer, seq)} is unique for ever: a producer never issues a sequence
 * number twice, whatever happens to it.
 *
 * @param producer 16 hexadecimal digits for a producer of ours, {@code topic-partition} for records
 *     that others wrote to a topic; ASCII
 * @param epoch the life of the producer in which the record was made; 0 where there is none
 * @param seq strictly increasing within a producer, not always by one
 */
public record Origin(String producer, int epoch, long seq) {

  private static final char[] BASE32HEX = "0123456789abcdefghijklmnopqrstuv".toCharArray();
  private static final int ID_LENGTH = 36;
  private static final int HEX_LENGTH = 16;

  public Origin {
    Objects.requireNonNull(producer, "producer");
    if (seq < 0) {
      throw new IllegalArgumentException("seq is negative: " + seq);
    }
  }

  /** An origin of ours: the producer id is printed as 16 hexadecimal digits. */
  public static Origin ofProducer(long producerId, int epoch, long seq) {
    return new Origin(hex(producerId), epoch, seq);
  }

  /**
   * The id of the event that is made of the record: for a producer of ours 36 digits of base 32
   * over the time of reception in milliseconds, the producer and the sequence, so that ids of one
   * time stand together in an index; for foreign records {@code topic-partition-offset}.
   *
   * @param receivedNanos when the record was received, in nanoseconds since 1970
   */
  public String eventId(long receivedNanos) {
    if (isForeign()) {
      return producer + '-' + seq;
    }
    long millis = Math.floorDiv(receivedNanos, 1_000_000L);
    long id = Long.parseUnsignedLong(producer, 16);
    // 176 bits in 36 digits of 5 bits, the last digit padded with zero bits.
    long[] bits = {(millis << 16) | (id >>> 48), (id << 16) | (seq >>> 48), seq << 16};
    char[] text = new char[ID_LENGTH];
    for (int i = 0; i < ID_LENGTH; i++) {
      text[i] = BASE32HEX[digitAt(5 * i, bits)];
    }
    return new String(text);
  }

  /** Whether somebody else wrote the record to a topic, so that no producer id of ours names it. */
  public boolean isForeign() {
    return producer.length() != HEX_LENGTH || !isHex(producer, HEX_LENGTH);
  }

  /** The origin in one line, {@code producer:epoch:seq}; {@link #parse} reads it. */
  public String toText() {
    return producer + ':' + epoch + ':' + seq;
  }

  /** Reads what {@link #toText()} wrote for a producer of ours; null if it is anything else. */
  public static @Nullable Origin parse(String text) {
    int colon = text.indexOf(':', HEX_LENGTH + 1);
    if (colon < 0 || text.charAt(HEX_LENGTH) != ':' || !isHex(text, HEX_LENGTH)) {
      return null;
    }
    boolean negative = text.charAt(HEX_LENGTH + 1) == '-';
    long size = number(text, HEX_LENGTH + (negative ? 2 : 1), colon);
    long epoch = negative ? -size : size;
    long seq = number(text, colon + 1, text.length());
    return size < 0 || epoch != (int) epoch || seq < 0
        ? null
        : new Origin(text.substring(0, HEX_LENGTH), (int) epoch, seq);
  }

  /** A number of at most 19 digits; -1 if it is none, or too large. */
  private static long number(String text, int from, int to) {
    if (to <= from || to - from > 19) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + (c - '0');
    }
    // Of 19 digits the largest is below twice the largest long, so an overflow is negative.
    return value < 0 ? -1 : value;
  }

  private static int digitAt(int bit, long[] bits) {
    int word = bit >>> 6;
    int behind = 59 - (bit & 63);
    long digit =
        behind >= 0
            ? bits[word] >>> behind
            : (bits[word] << -behind) | (bits[word + 1] >>> (64 + behind));
    return (int) digit & 31;
  }

  private static boolean isHex(String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}

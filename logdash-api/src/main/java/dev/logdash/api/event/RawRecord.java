package dev.logdash.api.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Objects;

/**
 * The bytes of one log line or document as they came, accepted and stamped but not yet understood.
 * The bytes are a view on {@link #array()} and must not be changed.
 */
public final class RawRecord {

  /** The dataset of logs that name none. */
  public static final String DEFAULT_DATASET = "default";

  private final Origin origin;
  private final long offset;
  private final long receivedNanos;
  private final String dataset;
  private final String source;
  private final Map<String, String> headers;
  private final byte[] array;
  private final int start;
  private final int length;

  /**
   * @param offset the place in the partition, strictly increasing along it
   * @param receivedNanos when the record was accepted, in nanoseconds since 1970; never decreasing
   *     along a partition of our own
   * @param dataset 1 to 64 of the characters {@code a-z 0-9 _ -}, the first a letter or a digit; no
   *     store takes events of another
   * @param source where the lines come from (a file, a peer, a logger context): lines of one source
   *     may belong together; may be empty
   * @param headers small facts beside the bytes; a client's own id stands under {@link
   *     Headers#EVENT_ID}
   * @param array holds the bytes, {@code length} of them from {@code start} on; not copied
   * @throws IndexOutOfBoundsException if the array does not have them
   */
  public RawRecord(
      Origin origin,
      long offset,
      long receivedNanos,
      String dataset,
      String source,
      Map<String, String> headers,
      byte[] array,
      int start,
      int length) {
    this.origin = Objects.requireNonNull(origin, "origin");
    this.offset = offset;
    this.receivedNanos = receivedNanos;
    this.dataset = Objects.requireNonNull(dataset, "dataset");
    this.source = Objects.requireNonNull(source, "source");
    this.headers = Map.copyOf(headers);
    this.array = Objects.requireNonNull(array, "array");
    Objects.checkFromIndexSize(start, length, array.length);
    this.start = start;
    this.length = length;
  }

  /** The same record with other bytes. */
  public RawRecord withBody(byte[] body) {
    return withBody(body, headers);
  }

  /** The same record with another body and other headers. */
  public RawRecord withBody(byte[] body, Map<String, String> otherHeaders) {
    return new RawRecord(
        origin, offset, receivedNanos, dataset, source, otherHeaders, body, 0, body.length);
  }

  public Origin origin() {
    return origin;
  }

  public long offset() {
    return offset;
  }

  public long receivedNanos() {
    return receivedNanos;
  }

  public String dataset() {
    return dataset;
  }

  public String source() {
    return source;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** The array that holds the bytes, from {@link #start()} on. */
  public byte[] array() {
    return array;
  }

  public int start() {
    return start;
  }

  /** How many bytes the record has. */
  public int length() {
    return length;
  }

  /** The client's own id if it gave one, else the id that follows from the origin. */
  public String eventId() {
    String own = headers.get(Headers.EVENT_ID);
    return own != null ? own : origin.eventId(receivedNanos);
  }

  /** The bytes as text; what is not UTF-8 becomes U+FFFD. */
  public String text() {
    return new String(array, start, length, UTF_8);
  }

  @Override
  public String toString() {
    return origin.producer() + '@' + offset + '[' + length + " bytes]";
  }
}

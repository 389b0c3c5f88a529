package dev.logdash.api.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line or document offered to a {@link LogSink}, which stamps it with an origin and the time. The
 * bytes belong to the sink from then on and must not be changed.
 */
public final class Submission {

  private final byte[] body;
  private final String dataset;
  private final String source;
  private final Map<String, String> headers;
  private final @Nullable SourcePosition position;

  private Submission(
      byte[] body,
      String dataset,
      String source,
      Map<String, String> headers,
      @Nullable SourcePosition position) {
    this.body = Objects.requireNonNull(body, "body");
    this.dataset = Objects.requireNonNull(dataset, "dataset");
    this.source = Objects.requireNonNull(source, "source");
    this.headers = Map.copyOf(headers);
    this.position = position;
  }

  /** A line of the default dataset; its source as in {@link RawRecord}. */
  public static Submission of(byte[] body, String source) {
    return new Submission(body, RawRecord.DEFAULT_DATASET, source, Map.of(), null);
  }

  /** Likewise, of a text without its line end. */
  public static Submission of(String line, String source) {
    return of(line.getBytes(UTF_8), source);
  }

  /**
   * The same line for another dataset.
   *
   * @param value 1 to 64 of the characters {@code a-z 0-9 _ -}, the first a letter or a digit; no
   *     store takes events of another
   */
  public Submission withDataset(String value) {
    return new Submission(body, value, source, headers, position);
  }

  /** The same line with these headers in place of its own; {@link Headers} has their names. */
  public Submission withHeaders(Map<String, String> value) {
    return new Submission(body, dataset, source, value, position);
  }

  /** Says how far the record reaches into its input; see {@link SourcePosition}. */
  public Submission withPosition(SourcePosition value) {
    return new Submission(body, dataset, source, headers, value);
  }

  /** Other bytes with the same facts beside them. */
  public Submission withBody(byte[] value) {
    return new Submission(value, dataset, source, headers, position);
  }

  public byte[] body() {
    return body;
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

  /** Null where the input cannot be read again. */
  public @Nullable SourcePosition position() {
    return position;
  }
}

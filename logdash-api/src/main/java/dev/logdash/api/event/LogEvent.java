package dev.logdash.api.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One parsed log. Immutable. Texts that are not known are empty, never null.
 *
 * <p>Times are nanoseconds since 1970-01-01T00:00Z and lie between 1970 and 2261.
 */
public final class LogEvent {

  private final String id;
  private final String dataset;
  private final long timestampNanos;
  private final long observedNanos;
  private final String producer;
  private final long seq;
  private final Severity severity;
  private final String severityText;
  private final String service;
  private final String source;
  private final String message;
  private final String traceId;
  private final String spanId;
  private final Attributes attributes;

  private LogEvent(Builder builder) {
    this.id = builder.id;
    this.dataset = builder.dataset;
    this.timestampNanos = builder.timestampNanos;
    this.observedNanos = builder.observedNanos;
    this.producer = builder.producer;
    this.seq = builder.seq;
    this.severity = builder.severity;
    this.severityText =
        builder.severityText.isEmpty() ? builder.severity.className() : builder.severityText;
    this.service = builder.service;
    this.source = builder.source;
    this.message = builder.message;
    this.traceId = builder.traceId;
    this.spanId = builder.spanId;
    this.attributes = builder.attributes;
  }

  /**
   * Starts an event.
   *
   * @param id unique; the same on every replay of the record
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  public String id() {
    return id;
  }

  public String dataset() {
    return dataset;
  }

  /** When it happened, by the log itself where it says so. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** When its record was received. The UTC day of this time names the index of the event. */
  public long observedNanos() {
    return observedNanos;
  }

  /** Who made its record, as in {@link Origin#producer()}. */
  public String producer() {
    return producer;
  }

  /** The sequence number of its record, as in {@link Origin#seq()}. */
  public long seq() {
    return seq;
  }

  /** Its place in the order of all events. */
  public OrderKey orderKey() {
    return new OrderKey(timestampNanos, producer, seq);
  }

  public Severity severity() {
    return severity;
  }

  /**
   * The severity as the log has it, for example {@code WARNING}; the name of its class where the
   * log has none, so that what is shown is also what is found.
   */
  public String severityText() {
    return severityText;
  }

  public String service() {
    return service;
  }

  /** Where the line came from, for example a file. */
  public String source() {
    return source;
  }

  public String message() {
    return message;
  }

  public String traceId() {
    return traceId;
  }

  public String spanId() {
    return spanId;
  }

  public Attributes attributes() {
    return attributes;
  }

  public Builder toBuilder() {
    Builder builder = new Builder(id);
    builder.dataset = dataset;
    builder.timestampNanos = timestampNanos;
    builder.observedNanos = observedNanos;
    builder.producer = producer;
    builder.seq = seq;
    builder.severity = severity;
    builder.severityText = severityText;
    builder.service = service;
    builder.source = source;
    builder.message = message;
    builder.traceId = traceId;
    builder.spanId = spanId;
    builder.attributes = attributes;
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof LogEvent other
        && id.equals(other.id)
        && dataset.equals(other.dataset)
        && timestampNanos == other.timestampNanos
        && observedNanos == other.observedNanos
        && producer.equals(other.producer)
        && seq == other.seq
        && severity == other.severity
        && severityText.equals(other.severityText)
        && service.equals(other.service)
        && source.equals(other.source)
        && message.equals(other.message)
        && traceId.equals(other.traceId)
        && spanId.equals(other.spanId)
        && attributes.equals(other.attributes);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id
        + ' '
        + timestampNanos
        + ' '
        + severity
        + ' '
        + service
        + ' '
        + message
        + ' '
        + attributes;
  }

  /** Collects the parts of an event; to be used by one thread. */
  public static final class Builder {

    private final String id;
    private String dataset = RawRecord.DEFAULT_DATASET;
    private long timestampNanos;
    private long observedNanos;
    private String producer = "";
    private long seq;
    private Severity severity = Severity.UNSPECIFIED;
    private String severityText = "";
    private String service = "";
    private String source = "";
    private String message = "";
    private String traceId = "";
    private String spanId = "";
    private Attributes attributes = Attributes.empty();

    private Builder(String id) {
      this.id = Objects.requireNonNull(id, "id");
      if (id.isEmpty()) {
        throw new IllegalArgumentException("an event needs an id");
      }
    }

    /** {@value RawRecord#DEFAULT_DATASET} where nothing is said; as in {@link RawRecord}. */
    public Builder dataset(String value) {
      dataset = Objects.requireNonNull(value, "dataset");
      return this;
    }

    /** Nanoseconds since 1970, not negative. */
    public Builder timestampNanos(long value) {
      timestampNanos = requireTime(value);
      return this;
    }

    /** Nanoseconds since 1970, not negative. */
    public Builder observedNanos(long value) {
      observedNanos = requireTime(value);
      return this;
    }

    /** Sets producer and sequence. */
    public Builder origin(Origin origin) {
      producer = origin.producer();
      seq = origin.seq();
      return this;
    }

    public Builder producer(String value) {
      producer = Objects.requireNonNull(value, "producer");
      return this;
    }

    public Builder seq(long value) {
      seq = value;
      return this;
    }

    public Builder severity(Severity value) {
      severity = Objects.requireNonNull(value, "severity");
      return this;
    }

    /** As the log has it; may be empty. */
    public Builder severityText(String value) {
      severityText = Objects.requireNonNull(value, "severityText");
      return this;
    }

    public Builder service(String value) {
      service = Objects.requireNonNull(value, "service");
      return this;
    }

    public Builder source(String value) {
      source = Objects.requireNonNull(value, "source");
      return this;
    }

    public Builder message(String value) {
      message = Objects.requireNonNull(value, "message");
      return this;
    }

    public Builder traceId(String value) {
      traceId = Objects.requireNonNull(value, "traceId");
      return this;
    }

    public Builder spanId(String value) {
      spanId = Objects.requireNonNull(value, "spanId");
      return this;
    }

    public Builder attributes(Attributes value) {
      attributes = Objects.requireNonNull(value, "attributes");
      return this;
    }

    public LogEvent build() {
      return new LogEvent(this);
    }

    private static long requireTime(long nanos) {
      if (nanos < 0) {
        throw new IllegalArgumentException("time before 1970: " + nanos);
      }
      return nanos;
    }
  }
}

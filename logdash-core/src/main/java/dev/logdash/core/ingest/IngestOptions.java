package dev.logdash.core.ingest;

import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** How lines are cut, marked and handed to a sink. Immutable; each {@code with} makes a copy. */
public final class IngestOptions {

  private static final IngestOptions DEFAULTS =
      new IngestOptions(
          RawRecord.DEFAULT_DATASET,
          Map.of(),
          AckLevel.SPOOLED,
          1 << 20,
          4,
          Duration.ofMillis(250),
          IngestListener.noop(),
          LineSplitter.none());

  private final String dataset;
  private final Map<String, String> headers;
  private final AckLevel atLeast;
  private final int maxLineBytes;
  private final int readAhead;
  private final Duration pollInterval;
  private final IngestListener listener;
  private final LineSplitter splitter;

  private IngestOptions(
      String dataset,
      Map<String, String> headers,
      AckLevel atLeast,
      int maxLineBytes,
      int readAhead,
      Duration pollInterval,
      IngestListener listener,
      LineSplitter splitter) {
    this.dataset = Objects.requireNonNull(dataset, "dataset");
    this.headers = Map.copyOf(headers);
    this.atLeast = Objects.requireNonNull(atLeast, "atLeast");
    this.maxLineBytes = maxLineBytes;
    this.readAhead = readAhead;
    this.pollInterval = Objects.requireNonNull(pollInterval, "pollInterval");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.splitter = Objects.requireNonNull(splitter, "splitter");
  }

  /**
   * The default dataset, no headers, lines of at most 1 MiB, acknowledged when spooled, 4 batches
   * in memory, files looked at each 250 ms.
   */
  public static IngestOptions defaults() {
    return DEFAULTS;
  }

  public IngestOptions withDataset(String value) {
    return new IngestOptions(
        value, headers, atLeast, maxLineBytes, readAhead, pollInterval, listener, splitter);
  }

  /** Headers that each line carries, for example the format where it is known. */
  public IngestOptions withHeaders(Map<String, String> value) {
    return new IngestOptions(
        dataset, value, atLeast, maxLineBytes, readAhead, pollInterval, listener, splitter);
  }

  /** How safe a batch must be before the next one is offered; a level that the sink can reach. */
  public IngestOptions withAtLeast(AckLevel value) {
    return new IngestOptions(
        dataset, headers, value, maxLineBytes, readAhead, pollInterval, listener, splitter);
  }

  /**
   * Of a longer line only the first bytes are kept, and it carries {@link
   * dev.logdash.api.event.Headers#TRUNCATED}.
   *
   * @param value from 16 bytes to 1 GiB
   */
  public IngestOptions withMaxLineBytes(int value) {
    if (value < 16 || value > 1 << 30) {
      throw new IllegalArgumentException("maxLineBytes is not between 16 and 1 GiB: " + value);
    }
    return new IngestOptions(
        dataset, headers, atLeast, value, readAhead, pollInterval, listener, splitter);
  }

  /**
   * How many batches may be in memory, the one that is being appended among them. A batch has at
   * most 512 lines or about 256 KiB, and then the rest of an event of several lines.
   */
  public IngestOptions withReadAhead(int value) {
    if (value < 1 || value > 1024) {
      throw new IllegalArgumentException("readAhead is not between 1 and 1024: " + value);
    }
    return new IngestOptions(
        dataset, headers, atLeast, maxLineBytes, value, pollInterval, listener, splitter);
  }

  /** The pause between two looks at followed files, from 1 ms on. */
  public IngestOptions withPollInterval(Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException("pollInterval is under 1 ms: " + value);
    }
    return new IngestOptions(
        dataset, headers, atLeast, maxLineBytes, readAhead, value, listener, splitter);
  }

  /** Who is told about failures and progress; nobody by default. */
  public IngestOptions withListener(IngestListener value) {
    return new IngestOptions(
        dataset, headers, atLeast, maxLineBytes, readAhead, pollInterval, value, splitter);
  }

  /** What takes lines apart that hold several records; none by default. */
  public IngestOptions withSplitter(LineSplitter value) {
    return new IngestOptions(
        dataset, headers, atLeast, maxLineBytes, readAhead, pollInterval, listener, value);
  }

  String dataset() {
    return dataset;
  }

  Map<String, String> headers() {
    return headers;
  }

  AckLevel atLeast() {
    return atLeast;
  }

  int maxLineBytes() {
    return maxLineBytes;
  }

  int readAhead() {
    return readAhead;
  }

  LineSplitter splitter() {
    return splitter;
  }

  IngestListener listener() {
    return listener;
  }

  Duration pollInterval() {
    return pollInterval;
  }
}

package dev.logdash.api.event;

/** Names of the headers that records carry. */
public final class Headers {

  /** The id a client gave to the event; the same id is stored once. */
  public static final String EVENT_ID = "logdash.id";

  /** The parser to use, where the sender knows the format. */
  public static final String FORMAT = "logdash.format";

  /**
   * The header of the input that the line stands in, where it has one: the line of CSV or of W3C's
   * extended format that names the columns, as it stood there, at most 4,096 bytes; of Zeek those
   * of the path, the fields and the types, at most 8,258 bytes. A line that does not have these
   * columns is understood as if it had no such header.
   */
  public static final String COLUMNS = "logdash.columns";

  /** The service whose log this is, where the line does not say. */
  public static final String SERVICE = "logdash.service";

  /** The kinds of secrets that were taken out of the line, with commas between them. */
  public static final String REDACTED = "logdash.redacted";

  /** The bytes the whole line had, in decimal digits, where only its beginning was kept. */
  public static final String TRUNCATED = "logdash.truncated";

  /**
   * When the record was first accepted, in nanoseconds since 1970 in decimal digits, where it came
   * through the spool of another process. The times in its line are understood by it.
   */
  public static final String RECEIVED = "logdash.received";

  /**
   * The {@link Origin} that the record has already, as {@link Origin#toText()}, where it was
   * stamped by a spool on its way. A sink that leads out of the process keeps it, so that a record
   * that is sent again is the same record; a spool does not look at it.
   */
  public static final String ORIGIN = "logdash.origin";

  /** The dataset of a record in a topic. */
  public static final String DATASET = "logdash.dataset";

  /** Why a record became a dead letter: a constant, for example {@code TOO_LARGE}. */
  public static final String DEAD_LETTER_REASON = "logdash.dlq.reason";

  /** What happened to a dead letter, for people; at most 512 characters, without secrets. */
  public static final String DEAD_LETTER_MESSAGE = "logdash.dlq.message";

  /** Where a dead letter stood: {@code incarnation/partition/offset}. */
  public static final String DEAD_LETTER_ORIGIN = "logdash.dlq.origin";

  /** Where the line of a dead letter came from. */
  public static final String SOURCE = "logdash.source";

  private Headers() {}
}

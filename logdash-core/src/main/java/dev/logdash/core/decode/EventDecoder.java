package dev.logdash.core.decode;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.Severity;
import dev.logdash.core.parse.DetectingParser;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.store.EventLimits;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the event of a record. Pure in the record: the same record gives the same event, whatever
 * was decoded before. For use by one thread.
 *
 * <p>The format is the one that {@link Headers#FORMAT} names, else it is recognised; a record that
 * is not of the named format is kept as plain text. Where no format is named, a line with the
 * columns of {@link Headers#COLUMNS} is read by them. The service is the line's own, else that of
 * {@link Headers#SERVICE}, else the program's name ({@code process.name}), which is what syslog
 * calls a service. Of a field's name that no store takes the beginning is kept.
 *
 * <p>A time without a zone is one of the zone that {@link SourceRules} has for the source, UTC
 * unless they say otherwise. A time of day without a date gets the day that puts it nearest to the
 * reception. A time without a year gets the year that puts it nearest to the reception, at most a
 * day after it. A time before 1970, after 2261, or more than a day after the reception is replaced
 * by the reception: {@value #TIME_REPLACED} is then true, and {@value #ORIGINAL_TIME} has the text.
 */
public final class EventDecoder {

  private static final Pattern NANOS = Pattern.compile("\\d{1,18}|[1-8]\\d{18}");

  /** True where the time of the record was not believed. */
  public static final String TIME_REPLACED = "logdash.time.replaced";

  /** The kinds of secrets that were taken out of the record, where there were some. */
  public static final String REDACTED = "logdash.redacted";

  /** The time as the record has it, where it was not believed. */
  public static final String ORIGINAL_TIME = "event.original_time";

  private static final String PROCESS_NAME = "process.name";
  // Fields of the event itself; an attribute of that name would hide them.
  private static final Set<String> RESERVED =
      Set.of(
          EcsFields.TIMESTAMP,
          EcsFields.MESSAGE,
          EcsFields.LOG_LEVEL,
          EcsFields.SEVERITY,
          EcsFields.EVENT_ID,
          EcsFields.EVENT_INGESTED,
          EcsFields.LOG_SOURCE);

  private final DetectingParser detecting;
  private final SourceRules sources;
  private final Map<String, LineParser> named = new HashMap<>();
  private final ColumnParsers columns = new ColumnParsers();
  private final FieldSink fields = new FieldSink();

  public EventDecoder() {
    this(Parsers.detecting(), SourceRules.NONE);
  }

  /**
   * Knows further formats, or other parsers for built-in ones, by the name that {@link
   * Headers#FORMAT} has.
   */
  public EventDecoder(Map<String, LineParser> parsers) {
    this();
    named.putAll(parsers);
  }

  /**
   * Shares what a parser remembers about sources with other decoders.
   *
   * @param sources what is known about sources beyond that
   */
  public EventDecoder(DetectingParser detecting, SourceRules sources) {
    this.detecting = detecting;
    this.sources = sources;
    for (String name : Parsers.names()) {
      named.put(name, name.equals("auto") ? detecting : Parsers.named(name));
    }
  }

  /**
   * Makes the event.
   *
   * @throws DecodeException if the parser fails on the record, which then is a dead letter
   */
  public LogEvent decode(RawRecord record) {
    fields.clear();
    try {
      SourceRules.Rule rule = sources.of(record.source());
      parse(record, rule.parser());
      return event(record, rule.zone());
    } catch (StackOverflowError | RuntimeException e) {
      throw new DecodeException("record " + record + " cannot be decoded", e);
    } finally {
      fields.clear();
    }
  }

  private void parse(RawRecord record, @Nullable LineParser ofSource) {
    byte[] bytes = record.array();
    int from = record.start();
    int to = from + record.length();
    LineParser parser = named.get(record.headers().getOrDefault(Headers.FORMAT, "auto"));
    if (parser == null || parser == detecting) {
      if (ofSource != null && ofSource.parse(bytes, from, to, fields)) {
        return;
      }
      String header = record.headers().get(Headers.COLUMNS);
      if (header == null || !columns.parse(header, bytes, from, to, fields)) {
        detecting.parse(record.source(), bytes, from, to, fields);
      }
    } else if (!parser.parse(bytes, from, to, fields)) {
      Parsers.named("text").parse(bytes, from, to, fields);
    }
  }

  private LogEvent event(RawRecord record, ZoneId zone) {
    Attributes.Builder attributes = Attributes.builder();
    long received = record.receivedNanos();
    long first = firstReceived(record);
    long time = EventTimes.resolve(fields, first, zone);
    if (time == EventTimes.REPLACED) {
      attributes.put(TIME_REPLACED, true);
      attributes.put(ORIGINAL_TIME, fields.timestampText());
      time = first;
    }
    LogEvent.Builder event =
        LogEvent.builder(record.eventId())
            .dataset(record.dataset())
            .origin(record.origin())
            .source(record.source())
            .timestampNanos(time)
            .observedNanos(received)
            .severity(Severity.of(fields.severityNumber()))
            .severityText(fields.severityText())
            .message(fields.message());
    boolean served = false;
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      Object value = fields.value(i);
      if (name.equals(EcsFields.SERVICE_NAME)) {
        event.service(value.toString());
        served = true;
      } else if (name.equals(EcsFields.TRACE_ID)) {
        event.traceId(value.toString());
      } else if (name.equals(EcsFields.SPAN_ID)) {
        event.spanId(value.toString());
      } else {
        String own = RESERVED.contains(name) ? "labels." + name : name;
        attributes.putValue(EventLimits.name(own), value);
      }
    }
    if (!served) {
      String service = record.headers().get(Headers.SERVICE);
      event.service(service != null ? service : fields.text(PROCESS_NAME));
    }
    putRoute(attributes);
    String redacted = record.headers().get(Headers.REDACTED);
    if (redacted != null) {
      attributes.put(REDACTED, List.of(redacted.split(",", -1)));
    }
    return event.attributes(attributes.build()).build();
  }

  /** When the record was accepted where it was first; nobody can have it from the future. */
  private static long firstReceived(RawRecord record) {
    String first = record.headers().get(Headers.RECEIVED);
    if (first != null && NANOS.matcher(first).matches()) {
      return Math.min(Long.parseLong(first), record.receivedNanos());
    }
    return record.receivedNanos();
  }

  private void putRoute(Attributes.Builder attributes) {
    if (fields.contains(EcsFields.HTTP_METHOD)
        && fields.contains(EcsFields.HTTP_STATUS)
        && fields.contains(EcsFields.URL_PATH)
        && !fields.contains(EcsFields.HTTP_ROUTE)) {
      attributes.put(EcsFields.HTTP_ROUTE, Routes.of(fields.text(EcsFields.URL_PATH)));
    }
  }
}

package dev.logdash.server;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.table.ResultTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The events of a running server. */
final class RemotePages implements EventPages {

  // All digits, since a time with fewer of them names a span.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final RemoteServer server;
  private final Map<String, String> query = new TreeMap<>();
  private boolean more = true;

  /**
   * @param text the query as it was written; words of time in it are read by the server's clock
   */
  RemotePages(RemoteServer server, String text, TimeRange.Span span) {
    this.server = server;
    query.put("q", text);
    query.put("from", time(span.from()));
    query.put("to", time(span.to() == Long.MAX_VALUE ? span.to() : span.to() - 1));
  }

  @Override
  public List<LogEvent> next(int most) {
    if (!more) {
      return List.of();
    }
    query.put("limit", Integer.toString(most));
    JsonNode answer = server.get("api/v1/search", query);
    List<LogEvent> events = RemoteEvents.of(answer);
    more = answer.path("more").asBoolean(false) && !events.isEmpty();
    query.put("after", answer.path("next").asString(""));
    return events;
  }

  @Override
  public ResultTable table() {
    return RemoteTables.of(server.get("api/v1/table", query));
  }

  @Override
  public long count() {
    return server.get("api/v1/count", query).path("count").asLong(0);
  }

  @Override
  public long countAll() {
    Map<String, String> all = Map.of("from", time(0), "to", time(Long.MAX_VALUE));
    return server.get("api/v1/count", all).path("count").asLong(0);
  }

  @Override
  public List<String> leftOut() {
    return List.of();
  }

  @Override
  public void close() {
    server.close();
  }

  private static String time(long nanos) {
    return TIME.format(Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L));
  }
}

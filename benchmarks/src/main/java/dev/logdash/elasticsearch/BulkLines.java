package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.LogEvent;
import java.util.List;

/**
 * The body of a bulk request as logdash makes it. In this package since the maker of bodies is
 * nobody else's business.
 */
public final class BulkLines {

  private final BulkBody body = new BulkBody(1 << 20);

  /** Makes the body of some events in place of the one before, and answers with its length. */
  public int write(List<LogEvent> events, String index) {
    body.clear();
    for (int i = 0; i < events.size(); i++) {
      body.create(i, index, events.get(i), Integer.MAX_VALUE);
    }
    return body.lines().length();
  }

  /** The body that was made last. */
  public String text() {
    return new String(body.lines().bytes(), 0, body.lines().length(), UTF_8);
  }
}

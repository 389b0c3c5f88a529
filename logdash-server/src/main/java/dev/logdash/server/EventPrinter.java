package dev.logdash.server;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.decode.EventJson;
import java.io.PrintStream;

/** How found events are written. */
interface EventPrinter {

  void print(LogEvent event, PrintStream out);

  /** One JSON object a line, with the identity of the event. */
  static EventPrinter json() {
    EventJson json = new EventJson(true);
    return json::write;
  }

  /** A line each for people. */
  static EventPrinter lines(boolean colours) {
    EventLines lines = new EventLines(colours);
    return (event, out) -> out.println(lines.line(event));
  }
}

package dev.logdash.server;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes events for people: a line each, more where the message has more. */
final class EventLines {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String INDENT = "    ";
  private static final String RESET = "\u001b[0m";
  private static final String DIM = "\u001b[2m";
  private static final String CYAN = "\u001b[36m";

  private final boolean colours;

  EventLines(boolean colours) {
    this.colours = colours;
  }

  String line(LogEvent event) {
    StringBuilder line = new StringBuilder(160);
    long nanos = event.timestampNanos();
    Instant time = Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    coloured(line, DIM, TIME.format(time));
    line.append(' ');
    coloured(line, colourOf(event.severity()), String.format(Locale.ROOT, "%-5s", level(event)));
    if (!event.service().isEmpty()) {
      line.append(' ');
      coloured(line, CYAN, visible(event.service()));
    }
    line.append(' ').append(visible(event.message()));
    String trace = event.attributes().text(EcsFields.STACK_TRACE);
    if (!trace.isEmpty() && !event.message().contains(trace)) {
      line.append('\n').append(INDENT);
      coloured(line, DIM, visible(trace));
    }
    return line.toString();
  }

  private static String level(LogEvent event) {
    String name = event.severity().className();
    return name.isEmpty() ? "-" : name.toUpperCase(Locale.ROOT);
  }

  private void coloured(StringBuilder line, String colour, String text) {
    if (colours && !colour.isEmpty()) {
      line.append(colour).append(text).append(RESET);
    } else {
      line.append(text);
    }
  }

  private static String colourOf(Severity severity) {
    switch (severity.className()) {
      case "fatal":
        return "\u001b[1;35m";
      case "error":
        return "\u001b[1;31m";
      case "warn":
        return "\u001b[33m";
      case "info":
        return "\u001b[34m";
      default:
        return DIM;
    }
  }

  /**
   * The text with its control characters made visible, so that a log cannot steer the terminal;
   * further lines are indented.
   */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length() + 16);
    String trimmed = text.stripTrailing();
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      boolean endsLine = c == '\r' && i + 1 < trimmed.length() && trimmed.charAt(i + 1) == '\n';
      if (c == '\n') {
        visible.append('\n').append(INDENT);
      } else if (c == '\t' || !isControl(c)) {
        visible.append(c);
      } else if (!endsLine) {
        visible.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return visible.toString();
  }

  // The marks that turn the direction of writing can make a line read as another one.
  private static boolean isControl(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u2028'
        || c == '\u2029';
  }
}

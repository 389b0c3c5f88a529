package dev.logdash.notify;

import static java.util.Locale.ROOT;

import dev.logdash.api.alert.Notification;
import java.net.URI;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A notification in words that every medium shares. All of it is visible text, not escaped. */
final class Words {

  /** How many lines of logs are shown. */
  static final int MAX_LINES = 20;

  private static final int MAX_TITLE = 200;
  private static final int MAX_FIELD = 1_000;
  private static final int MAX_LINE = 2_000;
  private static final int MAX_NOTE = 2_000;
  private static final int MAX_ADDRESS = 2_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LINE_TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS", ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** {@code [FIRING] checkout: error rate > 5 % (12.4 %)}, on one line. */
  static String title(Notification notification) {
    StringBuilder title = new StringBuilder();
    title.append('[').append(notification.kind()).append("] ").append(notification.rule());
    if (!notification.condition().isEmpty()) {
      title.append(": ").append(notification.condition());
    }
    String value = value(notification);
    if (!value.isEmpty()) {
      title.append(" (").append(value).append(')');
    }
    if (!notification.group().isEmpty()) {
      title.append(" · ").append(group(notification));
    }
    return VisibleText.cut(VisibleText.line(title.toString()), MAX_TITLE);
  }

  /** One sentence about what happened. */
  static String summary(Notification notification) {
    switch (notification.kind()) {
      case FIRING:
        return "It began to fire at " + time(notification.since()) + ".";
      case RESOLVED:
        return "It is over since "
            + time(notification.at())
            + ", after "
            + length(Duration.between(notification.since(), notification.at()))
            + ".";
      default:
        return "This is a test. Nothing happened.";
    }
  }

  /** What is known, by its name, in the order in which it is read; what is empty is left out. */
  static Map<String, String> facts(Notification notification) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "Rule", notification.rule());
    put(facts, "Urgency", notification.urgency().name().toLowerCase(ROOT));
    put(facts, "Condition", notification.condition());
    put(facts, "Measured", value(notification));
    put(facts, "For", group(notification));
    put(facts, "Query", notification.query());
    put(facts, "Looked at", time(notification.from()) + " to " + time(notification.to()));
    put(facts, "Matching events", String.format(ROOT, "%,d", notification.matches()));
    put(facts, "Message", notification.id() + (notification.repeat() ? " (repeat)" : ""));
    return facts;
  }

  static String note(Notification notification) {
    return VisibleText.cut(VisibleText.block(notification.note()), MAX_NOTE);
  }

  /** Lines of logs, each with its time, severity and service before it; may have line ends. */
  static List<String> lines(Notification notification) {
    List<String> lines = new ArrayList<>();
    for (Notification.Line line : notification.lines()) {
      if (lines.size() == MAX_LINES) {
        break;
      }
      String text =
          LINE_TIME.format(line.time())
              + ' '
              + line.severity().className().toUpperCase(ROOT)
              + ' '
              + VisibleText.line(line.service())
              + "  "
              + VisibleText.block(line.text());
      lines.add(VisibleText.cut(text, MAX_LINE));
    }
    return lines;
  }

  /** The address of the dashboard; empty where there is none that a browser opens. */
  static String link(Notification notification) {
    URI link = notification.link();
    if (link == null || link.getScheme() == null) {
      return "";
    }
    String address = link.toASCIIString();
    boolean web = link.getScheme().equalsIgnoreCase("http") || isSecure(link);
    return web && address.length() <= MAX_ADDRESS ? address : "";
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  private static boolean isSecure(URI link) {
    return "https".equalsIgnoreCase(link.getScheme());
  }

  private static void put(Map<String, String> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.put(name, VisibleText.cut(VisibleText.line(value), MAX_FIELD));
    }
  }

  private static String group(Notification notification) {
    List<String> parts = new ArrayList<>();
    notification.group().forEach((name, value) -> parts.add(name + " = " + value));
    return String.join(", ", parts);
  }

  private static String value(Notification notification) {
    Double value = notification.value();
    if (value == null) {
      return "";
    }
    // A condition in percent is measured in percent.
    return number(value) + (notification.condition().contains(" %") ? " %" : "");
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(ROOT)).format(value);
  }

  /** In the two largest units: {@code 2 h 5 min}. */
  private static String length(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
  }
}

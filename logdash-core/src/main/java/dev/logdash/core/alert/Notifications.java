package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.query.QueryPrinter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent: a message of an episode with the words of its rule and where to look. */
final class Notifications {

  private Notifications() {}

  /** What a message looks at, in seconds since 1970, the end not included. */
  record Window(long from, long to) {}

  /** The window of the tick, and for what is over all of it. */
  static Window window(AlertRule rule, Episode episode, Message message) {
    long first = message.kind() == Notification.Kind.RESOLVED ? episode.fired() : message.at();
    return new Window(first - rule.window().toSeconds(), message.at());
  }

  static Notification of(
      AlertRule rule, Episode episode, Message message, Delivery delivery, @Nullable URI base) {
    Window window = window(rule, episode, message);
    String query = query(rule, episode.group());
    Instant from = Instant.ofEpochSecond(window.from());
    Instant to = Instant.ofEpochSecond(window.to());
    return new Notification(
        episode.notificationId(rule.id(), message.kind(), delivery.channel()),
        message.kind(),
        rule.name(),
        episode.id(rule.id()),
        delivery.unsure(),
        rule.urgency(),
        Measuring.named(rule, episode.group()),
        rule.condition(),
        Double.isNaN(message.value()) ? null : AlertValues.shown(rule, message.value()),
        Instant.ofEpochSecond(episode.fired()),
        Instant.ofEpochSecond(message.at()),
        query,
        from,
        to,
        base == null ? null : link(base, rule, query, from, to),
        message.matches(),
        message.lines(),
        rule.note());
  }

  /** The query of a rule, with the values of a group unless they make it too long to be asked. */
  static String query(AlertRule rule, List<String> group) {
    if (group.isEmpty()) {
      return rule.query();
    }
    String query = QueryPrinter.print(Measuring.filter(rule, group, 0));
    return query.length() > QueryParser.MAX_LENGTH ? rule.query() : query;
  }

  /** Where the explore page shows exactly these events. */
  static URI link(URI base, AlertRule rule, String query, Instant from, Instant to) {
    StringBuilder link = new StringBuilder(base.toString());
    if (link.charAt(link.length() - 1) != '/') {
      link.append('/');
    }
    link.append("explore?from=").append(from).append("&to=").append(to);
    if (!query.isEmpty()) {
      link.append("&q=").append(encode(query));
    }
    if (!rule.dataset().equals(RawRecord.DEFAULT_DATASET)) {
      link.append("&dataset=").append(encode(rule.dataset()));
    }
    return URI.create(link.toString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

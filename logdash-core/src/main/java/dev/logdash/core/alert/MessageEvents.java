package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.query.EventFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Looks up how many events of a group a message is about, and the newest of them. */
final class MessageEvents {

  private static final int MAX_LINES = 10;
  private static final int MAX_LINE = 500;
  private static final Duration LOOK_UP = Duration.ofSeconds(10);
  private static final long NANOS = 1_000_000_000L;
  private static final long LAST_SEEN_SECONDS = Duration.ofDays(1).toSeconds();

  // Groups that a filter cannot tell apart are told apart here, among so many events.
  private static final int GROUP_PAGE = 100;
  private static final int MAX_GROUP_PAGES = 100;

  private final ScopedReader reader;
  private final Measuring measuring;

  MessageEvents(ScopedReader reader) {
    this.reader = reader;
    this.measuring = new Measuring(reader);
  }

  Mono<Message> addTo(AlertRule rule, Principal owner, Episode episode, Message message) {
    Notifications.Window window = Notifications.window(rule, episode, message);
    boolean absence = rule.measure().kind() == AlertRule.Kind.ABSENCE;
    // Of what is absent the last that was seen tells most.
    long from = absence ? window.to() - LAST_SEEN_SECONDS : window.from();
    Filter filter = Measuring.filter(rule, episode.group(), message.at());
    if (rule.measure().kind() == AlertRule.Kind.RATIO
        && rule.measure().source() == AlertRule.Source.EVENTS) {
      filter = new Filter.And(List.of(Measuring.filter(rule.measure().of(), message.at()), filter));
    }
    LogQuery query = measuring.query(rule, filter, from, window.to());
    LogQuery counted = measuring.query(rule, filter, window.from(), window.to());
    return Mono.zip(
            count(rule, owner, counted, episode.group()),
            newest(rule, owner, query, episode.group()))
        .map(
            found ->
                message.withEvents(
                    found.getT1(), found.getT2().stream().map(MessageEvents::line).toList()))
        .timeout(LOOK_UP)
        // A message without lines is better than none.
        .onErrorReturn(message);
  }

  private Mono<Long> count(AlertRule rule, Principal owner, LogQuery query, List<String> group) {
    return reader
        .aggregate(
            owner,
            new Aggregation(
                query,
                Measuring.groups(rule),
                List.of(new Aggregation.Count()),
                Aggregation.MAX_ROWS))
        .map(
            table ->
                table.rows().stream()
                    .filter(row -> row.key().equals(group))
                    .findFirst()
                    .map(MessageEvents::count)
                    .orElse(0L));
  }

  private static long count(Table.Row row) {
    return row.values().get(0).longValue();
  }

  private Mono<List<LogEvent>> newest(
      AlertRule rule, Principal owner, LogQuery query, List<String> group) {
    LogQuery first = query.toBuilder().limit(group.isEmpty() ? MAX_LINES : GROUP_PAGE).build();
    List<LogEvent> found = new ArrayList<>();
    return reader
        .search(owner, first)
        .expand(
            page -> {
              for (LogEvent event : page.events()) {
                if (found.size() < MAX_LINES && isIn(group, rule, event)) {
                  found.add(event);
                }
              }
              return found.size() == MAX_LINES || !page.more()
                  ? Mono.empty()
                  : reader.search(owner, behind(page, first));
            })
        .take(MAX_GROUP_PAGES)
        .then(Mono.fromSupplier(() -> found));
  }

  private static LogQuery behind(Page page, LogQuery query) {
    LogEvent last = page.events().get(page.events().size() - 1);
    return query.toBuilder().after(last.orderKey()).build();
  }

  private static boolean isIn(List<String> group, AlertRule rule, LogEvent event) {
    if (group.size() != rule.groupBy().size()) {
      return false;
    }
    for (int i = 0; i < group.size(); i++) {
      String field = EventFields.canonicalName(rule.groupBy().get(i));
      List<Object> values = EventFields.values(event, field);
      String key = group.get(i);
      boolean holds =
          values.isEmpty()
              ? key.isEmpty()
              : values.stream().anyMatch(value -> EventFields.groupKey(value).equals(key));
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static Notification.Line line(LogEvent event) {
    String message = event.message();
    int end = Math.min(MAX_LINE, message.length());
    if (end < message.length() && Character.isHighSurrogate(message.charAt(end - 1))) {
      end--;
    }
    return new Notification.Line(
        Instant.ofEpochSecond(event.timestampNanos() / NANOS, event.timestampNanos() % NANOS),
        event.service(),
        event.severity(),
        message.substring(0, end));
  }
}

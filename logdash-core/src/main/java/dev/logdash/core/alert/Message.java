package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a transition tells, and to whom.
 *
 * @param at the tick of the transition, in seconds since 1970
 * @param matches how many events matched in the window
 * @param lines some of them
 */
public record Message(
    Notification.Kind kind,
    long at,
    double value,
    long matches,
    List<Notification.Line> lines,
    List<Delivery> deliveries) {

  public Message {
    lines = List.copyOf(lines);
    deliveries = List.copyOf(deliveries);
  }

  Message withEvents(long count, List<Notification.Line> found) {
    return new Message(kind, at, value, count, found, deliveries);
  }

  Message change(UnaryOperator<Delivery> change) {
    return new Message(kind, at, value, matches, lines, deliveries.stream().map(change).toList());
  }

  boolean isDone() {
    return deliveries.stream().allMatch(delivery -> delivery.status().isFinal());
  }
}

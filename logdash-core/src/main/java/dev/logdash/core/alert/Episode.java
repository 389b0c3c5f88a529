package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One group of a rule for which the condition holds or did hold, from its first tick on. All times
 * are ticks, in seconds since 1970.
 *
 * @param group the values of the grouping fields, in the order of the rule
 * @param since the first tick at which the condition held
 * @param fired the tick at which it began to fire; 0 if it did not yet
 * @param quiet the first tick of those at the end at which the condition did not hold; 0 if it
 *     holds
 * @param ended the tick at which it was resolved; 0 if it was not
 * @param value the last that was measured while the condition held
 */
public record Episode(
    List<String> group,
    State state,
    long since,
    long fired,
    long quiet,
    long ended,
    double value,
    List<Message> messages) {

  /** Where an episode is. Stored by name. */
  public enum State {
    /** The condition holds, but not for long enough. */
    PENDING,
    FIRING,
    RESOLVED
  }

  private static final int ID_BYTES = 16;

  public Episode {
    group = List.copyOf(group);
    messages = List.copyOf(messages);
  }

  /** The same whoever computes it, and for no other episode. */
  String id(String rule) {
    return id(rule, "");
  }

  /** The id of the notification that a message to a channel is, however often it is sent. */
  String notificationId(String rule, Notification.Kind kind, String channel) {
    return id(rule, kind + "\n" + channel);
  }

  private String id(String rule, String what) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<String> parts = new ArrayList<>(group);
      parts.add(rule);
      parts.add(Long.toString(since));
      parts.add(what);
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Nullable Message message(Notification.Kind kind) {
    for (Message message : messages) {
      if (message.kind() == kind) {
        return message;
      }
    }
    return null;
  }

  Episode changeMessages(UnaryOperator<Message> change) {
    return new Episode(
        group, state, since, fired, quiet, ended, value, messages.stream().map(change).toList());
  }

  Episode with(Message message) {
    List<Message> all = new ArrayList<>(messages);
    all.add(message);
    return new Episode(group, state, since, fired, quiet, ended, value, all);
  }

  Episode measured(double now) {
    return new Episode(group, state, since, fired, 0, ended, now, messages);
  }

  Episode quietSince(long tick) {
    return new Episode(group, state, since, fired, tick, ended, value, messages);
  }

  Episode firing(long tick) {
    return new Episode(group, State.FIRING, since, tick, 0, 0, value, messages);
  }

  Episode resolved(long tick) {
    return new Episode(group, State.RESOLVED, since, fired, quiet, tick, value, messages);
  }

  /** Whether it is over and nobody is to be told any more. */
  boolean isDone() {
    return state == State.RESOLVED && messages.stream().allMatch(Message::isDone);
  }
}

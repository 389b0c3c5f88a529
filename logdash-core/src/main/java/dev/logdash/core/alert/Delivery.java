package dev.logdash.core.alert;

/**
 * A message on its way to one channel.
 *
 * @param status where it is
 * @param attempts how often it was claimed
 * @param at when it is due, was claimed, or came to its end, in milliseconds since 1970
 * @param by the process that claimed it; empty otherwise
 * @param unsure whether a process that died may have sent it
 * @param reason why the last attempt failed; empty if none did
 */
public record Delivery(
    String channel,
    Status status,
    int attempts,
    long at,
    String by,
    boolean unsure,
    String reason) {

  /** Where a delivery is. Stored by name. */
  public enum Status {
    /** Kept back by a silence, and sent if it still fires when that ends. */
    HELD,
    /** To be sent when it is due. */
    WAITING,
    /** Being sent. */
    CLAIMED,
    SENT,
    /** Never sent, for the reason given. */
    FAILED,
    /** Never sent: it was silent as long as it fired. */
    SILENCED;

    /** Whether nothing more will happen. */
    public boolean isFinal() {
      return this == SENT || this == FAILED || this == SILENCED;
    }
  }

  static Delivery first(String channel, Status status, long at) {
    return new Delivery(channel, status, 0, at, "", false, "");
  }

  Delivery to(Status next, long when) {
    return new Delivery(channel, next, attempts, when, "", unsure, reason);
  }

  Delivery claimed(String process, long when) {
    return new Delivery(
        channel,
        Status.CLAIMED,
        attempts + 1,
        when,
        process,
        unsure || status == Status.CLAIMED,
        reason);
  }

  Delivery failed(Status next, long when, String why) {
    return new Delivery(channel, next, attempts, when, "", unsure, why);
  }
}

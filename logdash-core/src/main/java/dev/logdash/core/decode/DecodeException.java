package dev.logdash.core.decode;

/**
 * A record that cannot be made an event: its parser failed. The record belongs to the dead letters;
 * trying again fails again.
 */
public final class DecodeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DecodeException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.logdash.api.error;

/** Somebody who is known asks for what they may not have. The message may be shown to them. */
public final class AccessDeniedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AccessDeniedException(String message) {
    super(message);
  }
}

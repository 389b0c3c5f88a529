package dev.logdash.core.alert;

/** Somebody else changed the document since it was read. */
public final class StaleVersionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleVersionException() {
    super("somebody else changed it meanwhile; look at it again");
  }
}

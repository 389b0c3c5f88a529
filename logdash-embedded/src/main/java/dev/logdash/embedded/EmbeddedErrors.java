package dev.logdash.embedded;

/** What failures of a disk have in common. */
final class EmbeddedErrors {

  private EmbeddedErrors() {}

  static boolean isDiskFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      // The JDK has no type for it, only the text of the system.
      if (message.contains("No space left on device")
          || message.contains("There is not enough space on the disk")
          || message.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}

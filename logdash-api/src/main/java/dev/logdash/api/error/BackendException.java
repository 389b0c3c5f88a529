package dev.logdash.api.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure of something behind a port. The subtype names the remedy; the cause is the driver's own
 * exception, untouched.
 */
public abstract sealed class BackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private BackendException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The backend cannot be reached or does not answer: retry with back-off. */
  public static final class Unavailable extends BackendException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The backend is full or asks for less: slow down, then retry. */
  public static final class Overloaded extends BackendException {
    private static final long serialVersionUID = 1L;

    public Overloaded(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** A setting, a permission or a file is wrong: pause, report, and wait for a person. */
  public static final class Misconfigured extends BackendException {
    private static final long serialVersionUID = 1L;

    public Misconfigured(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The backend will never accept this: do not retry. */
  public static final class Rejected extends BackendException {
    private static final long serialVersionUID = 1L;

    public Rejected(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}

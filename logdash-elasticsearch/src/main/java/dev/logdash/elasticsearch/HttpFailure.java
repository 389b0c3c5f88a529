package dev.logdash.elasticsearch;

/** An answer that is a failure, as the server told it. Never leaves this package. */
final class HttpFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int TOLD_CHARACTERS = 300;

  private final int status;
  private final String type;

  /**
   * @param status of HTTP
   * @param type the server's name of the failure; may be empty
   */
  HttpFailure(int status, String type, String reason) {
    super(reason.length() > TOLD_CHARACTERS ? reason.substring(0, TOLD_CHARACTERS) : reason);
    this.status = status;
    this.type = type;
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

package dev.logdash.api.tls;

import java.io.EOFException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells failures of TLS that stay until somebody changes something from connections that ended. */
public final class TlsRefusal {

  private TlsRefusal() {}

  /**
   * Why one side does not take the other: an authority that is not trusted, a name that is not in
   * the certificate, no TLS at the other end, an alert.
   *
   * @return null if the failure is another one, such as a server that ended in between
   */
  public static @Nullable String reason(Throwable failure) {
    String reason = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException
          || cause instanceof SocketException
          || cause instanceof ClosedChannelException) {
        return null;
      }
      String message = cause.getMessage();
      if (cause instanceof SSLException && ended(String.valueOf(message))) {
        return null;
      }
      if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
        reason = message == null ? cause.getClass().getSimpleName() : message;
      }
    }
    return reason;
  }

  /** What a person can do about such a reason. */
  public static String remedy(String reason) {
    boolean ours =
        reason.contains("fatal alert")
            && (reason.contains("certificate")
                || reason.contains("unknown_ca")
                || reason.contains("handshake_failure"));
    return ours
        ? "give the file of a certificate that it accepts, with its key"
        : "give the file of its certificate authority";
  }

  private static boolean ended(String message) {
    return message.contains("closed") || message.contains("terminated");
  }
}

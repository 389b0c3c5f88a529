package dev.logdash.notify;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/**
 * Sorts failures of connections by what helps. The causes are left out: their words may be the
 * receiver's, or have a secret address in them.
 */
final class ConnectionErrors {

  private static final int MAX_CAUSES = 16;

  private ConnectionErrors() {}

  static BackendException of(String receiver, Throwable failure) {
    if (has(CertificateException.class, failure)) {
      return new BackendException.Misconfigured(
          "the certificate of "
              + receiver
              + " has ended, is for another name, or is signed by nobody that this JVM trusts",
          null);
    }
    return new BackendException.Unavailable(receiver + ' ' + what(failure), null);
  }

  private static String what(Throwable failure) {
    if (has(SocketTimeoutException.class, failure)) {
      return "did not answer in time";
    }
    if (has(ConnectException.class, failure) || has(NoRouteToHostException.class, failure)) {
      return "cannot be reached";
    }
    if (has(SSLException.class, failure)) {
      return "did not agree on TLS; does it speak it at this port?";
    }
    return has(IOException.class, failure)
        ? "broke the connection off"
        : "did not answer as it should";
  }

  private static boolean has(Class<? extends Throwable> type, Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}

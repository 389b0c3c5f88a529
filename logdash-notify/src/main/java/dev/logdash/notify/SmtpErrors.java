package dev.logdash.notify;

import dev.logdash.api.error.BackendException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Sorts answers of SMTP by what helps. The causes are left out, since their words are the server's.
 */
final class SmtpErrors {

  private static final int MAX_CAUSES = 128;

  // Insufficient storage, or too many recipients at once (RFC 5321, section 4.2.3).
  private static final int FULL = 452;
  private static final int GREETED = 250;

  private SmtpErrors() {}

  /**
   * Sorts a failure.
   *
   * @param code what the server answered last
   * @param offersTls whether it has said that it can do STARTTLS
   */
  static BackendException of(
      String server, MessagingException failure, int code, boolean offersTls) {
    List<Throwable> chain = chain(failure);
    for (Throwable cause : chain) {
      if (cause instanceof IOException) {
        return ConnectionErrors.of(server, cause);
      }
    }
    if (failure instanceof AuthenticationFailedException && code < 500) {
      return new BackendException.Unavailable(server + " lets nobody sign in now", null);
    }
    if (failure instanceof AuthenticationFailedException) {
      return new BackendException.Misconfigured(
          server + " did not take the user and the password", null);
    }
    if (failure instanceof SendFailedException sent) {
      return of(server, sent, codes(chain));
    }
    if (code == GREETED && !offersTls) {
      return new BackendException.Misconfigured(
          server + " has no STARTTLS at this port: set security to tls or none", null);
    }
    return new BackendException.Unavailable(server + " did not take the message", null);
  }

  private static BackendException of(
      String server, SendFailedException failure, List<Integer> codes) {
    int sent = count(failure.getValidSentAddresses());
    int later = count(failure.getValidUnsentAddresses());
    int never = count(failure.getInvalidAddresses());
    if (sent > 0) {
      String message =
          server + " took it for " + sent + " of " + (sent + later + never) + " receivers";
      return never > 0
          ? new BackendException.Rejected(message, null)
          : new BackendException.Unavailable(message, null);
    }
    int code = codes.isEmpty() ? 0 : codes.get(0);
    String message = server + " answered " + code;
    if (code == FULL) {
      return new BackendException.Overloaded(message, null);
    }
    switch (code) {
      case 530:
      case 534:
      case 535:
      case 538:
        return new BackendException.Misconfigured(message + ": it wants to know who sends", null);
      default:
        return code >= 500 && code < 600
            ? new BackendException.Rejected(message, null)
            : new BackendException.Unavailable(message, null);
    }
  }

  private static List<Integer> codes(List<Throwable> chain) {
    List<Integer> codes = new ArrayList<>();
    for (Throwable cause : chain) {
      if (cause instanceof SMTPAddressFailedException address) {
        codes.add(address.getReturnCode());
      } else if (cause instanceof SMTPSendFailedException message) {
        codes.add(message.getReturnCode());
      }
    }
    return codes;
  }

  private static List<Throwable> chain(MessagingException failure) {
    List<Throwable> chain = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && chain.size() < MAX_CAUSES) {
      chain.add(cause);
      cause =
          cause instanceof MessagingException message
              ? message.getNextException()
              : cause.getCause();
    }
    return chain;
  }

  private static int count(Object[] addresses) {
    return addresses == null ? 0 : addresses.length;
  }
}

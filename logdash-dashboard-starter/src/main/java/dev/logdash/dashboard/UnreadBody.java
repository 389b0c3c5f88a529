package dev.logdash.dashboard;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client still sends of a request whose answer is known without it. A container ends the
 * connection below such an answer, and says so only where the answer is not on its way yet: the
 * client would lose the answer, or its next request on that connection.
 */
final class UnreadBody {

  /** The most bytes that are read for nothing: twice the longest body that any address takes. */
  static final long MAX_BYTES = 2 * IngestBody.MAX_SENT;

  private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BUFFER = 16 * 1024;

  private final HttpServletRequest request;

  UnreadBody(HttpServletRequest request) {
    this.request = request;
  }

  /** Whether nothing is left. Streams of HTTP/2 end without harm to those beside them. */
  boolean isEmpty() {
    if (!request.getProtocol().startsWith("HTTP/1")
        || (request.getContentLengthLong() <= 0
            && request.getHeader("Transfer-Encoding") == null)) {
      return true;
    }
    try {
      return request.getInputStream().isFinished();
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  /** Waits for the rest and forgets it; says in the answer that the connection ends if it can't. */
  void discard(HttpServletResponse response) {
    if (!isRead()) {
      endConnection(response);
    }
  }

  /** Says in the answer that the connection ends with it. */
  static void endConnection(HttpServletResponse response) {
    response.setHeader("Connection", "close");
  }

  private boolean isRead() {
    long left = MAX_BYTES;
    if (request.getContentLengthLong() > left) {
      return false;
    }
    long started = System.nanoTime();
    byte[] buffer = new byte[BUFFER];
    try {
      ServletInputStream body = request.getInputStream();
      while (left > 0 && System.nanoTime() - started < PATIENCE.toNanos()) {
        int read = body.read(buffer);
        if (read < 0) {
          return true;
        }
        left -= read;
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The rest of a request could not be read", e);
    }
    return false;
  }
}

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

  /** The most bytes that are read for nothing of who is known: twice the longest body. */
  static final long MAX_BYTES = 2 * IngestBody.MAX_SENT;

  /** The most bytes that are read for nothing of a stranger. */
  static final long MAX_BYTES_OF_STRANGERS = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BUFFER = 16 * 1024;

  private final HttpServletRequest request;
  private volatile long most = MAX_BYTES_OF_STRANGERS;

  UnreadBody(HttpServletRequest request) {
    this.request = request;
  }

  /** The sender is known. */
  void trust() {
    most = MAX_BYTES;
  }

  /**
   * Whether nothing is left below an answer of a status. Streams of HTTP/2 end without harm to
   * those beside them.
   */
  boolean isEmpty(int status) {
    if (!request.getProtocol().startsWith("HTTP/1")
        || (request.getContentLengthLong() <= 0
            && request.getHeader("Transfer-Encoding") == null)) {
      return true;
    }
    if (waitsForLeave()) {
      // What was done has been asked for and read.
      return status < HttpServletResponse.SC_BAD_REQUEST;
    }
    try {
      return request.getInputStream().isFinished();
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  /** Whether it is worth a thread to wait for the rest. */
  boolean isReadable() {
    return !waitsForLeave() && request.getContentLengthLong() <= most;
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

  // To ask for the stream would tell the client to go on and send what nobody wants.
  private boolean waitsForLeave() {
    return request.getHeader("Expect") != null;
  }

  private boolean isRead() {
    long left = most;
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

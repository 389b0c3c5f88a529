package dev.logdash.dashboard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The body of a request that brings logs, inflated and within all limits. */
final class IngestBody {

  /** The most bytes as they are sent. */
  static final long MAX_SENT = 16L << 20;

  /** The most bytes once inflated. */
  static final long MAX_INFLATED = 64L << 20;

  // Who needs longer for 16 MiB holds a thread for nothing.
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BUFFER = 64 * 1024;

  private IngestBody() {}

  static InputStream open(Exchange exchange) throws IOException {
    if (exchange.contentLength() > MAX_SENT) {
      throw Problem.tooLarge("the body has more than " + MAX_SENT + " bytes");
    }
    InputStream sent = new Bounded(exchange.body(), MAX_SENT, "the body");
    switch (exchange.header("Content-Encoding")) {
      case "":
      case "identity":
        return sent;
      case "gzip":
      case "x-gzip":
        return new Bounded(new Inflated(sent), MAX_INFLATED, "the inflated body");
      default:
        throw Problem.of(415, "content_encoding", "the content encoding is gzip, or none", "");
    }
  }

  /** Tells a body that is no gzip from one that could not be read. */
  private static final class Inflated extends FilterInputStream {

    Inflated(InputStream sent) throws IOException {
      super(inflating(sent));
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return in.read(bytes, from, length);
      } catch (ZipException e) {
        throw noGzip();
      }
    }

    private static InputStream inflating(InputStream sent) throws IOException {
      try {
        return new GZIPInputStream(sent, BUFFER);
      } catch (ZipException e) {
        throw noGzip();
      }
    }

    private static Problem noGzip() {
      return Problem.badRequest("body", "the body is not gzip");
    }
  }

  private static final class Bounded extends FilterInputStream {
    private final long most;
    private final String what;
    private final long startedNanos = System.nanoTime();
    private long count;

    Bounded(InputStream in, long most, String what) {
      super(in);
      this.most = most;
      this.what = what;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = in.read(bytes, from, length);
      count += Math.max(0, read);
      if (count > most) {
        throw Problem.tooLarge(what + " has more than " + most + " bytes");
      }
      if (System.nanoTime() - startedNanos > PATIENCE.toNanos()) {
        throw Problem.of(408, "slow_body", "the body took too long to arrive", "");
      }
      return read;
    }
  }
}

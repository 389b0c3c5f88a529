package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.ingest.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection to a live tail, as server-sent events. A thread of its own reads
 * them, so that silence can be told from a connection that is dead.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class TailFeed implements AutoCloseable {

  // The server makes messages of about a megabyte.
  private static final int MAX_LINE = 16 << 20;
  private static final int WAITING = 4;

  private final InputStream in;
  private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(WAITING);
  private final Thread reader;

  /**
   * One message.
   *
   * @param id where to go on behind it; empty if it does not say
   * @param event what kind of message it is; empty at the end of the connection
   */
  record Message(String id, String event, String data) {

    private static final Message END = new Message("", "", "");

    boolean isEnd() {
      return event.isEmpty();
    }
  }

  TailFeed(InputStream in) {
    this.in = in;
    reader = new Thread(this::read, "logdash-tail");
    reader.setDaemon(true);
    reader.start();
  }

  /** The next message, or null if none comes in time. */
  @Nullable Message next(Duration patience) throws InterruptedException {
    return messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    reader.interrupt();
    in.close();
  }

  private void read() {
    try {
      messages();
      messages.put(Message.END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void messages() throws InterruptedException {
    LineReader lines = new LineReader(in, 0, MAX_LINE);
    String id = "";
    String event = "message";
    StringBuilder data = new StringBuilder();
    try {
      while (lines.next(false) && lines.fullLength() <= MAX_LINE) {
        String line = new String(lines.copy(), UTF_8);
        if (line.isEmpty()) {
          if (data.length() > 0) {
            messages.put(new Message(id, event, data.toString()));
          }
          id = "";
          event = "message";
          data.setLength(0);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line, 6, line.length());
        }
      }
    } catch (IOException e) {
      // The connection has ended; whoever reads the messages makes a new one.
    }
  }
}

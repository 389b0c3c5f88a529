package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class StreamIngestTest {

  private static final String HEADER = "timestamp,level,message";
  private static final String OPEN = "2024-05-01T10:00:00Z,INFO,\"a";

  private final KeepingSink sink = new KeepingSink();
  private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
  private final Pipe pipe = new Pipe();

  @Test
  void readsTheLinesOfARowThatIsNotClosedWhenNothingMoreComes() {
    pipe.parts.add(HEADER + "\n" + OPEN + "\nnext\n");
    start();
    pass(Duration.ofMillis(900));
    assertThat(sink.lines()).containsExactly(HEADER);

    pass(Duration.ofMillis(200));

    assertThat(sink.lines()).containsExactly(HEADER, OPEN, "next");
    assertThat(pipe.blocked).isOne();
  }

  @Test
  void readsARowThatComesInParts() {
    pipe.parts.add(HEADER + "\n" + OPEN + "\n");
    start();
    pass(Duration.ofMillis(900));
    pipe.parts.add("b\n");
    pass(Duration.ofMillis(900));
    assertThat(sink.lines()).containsExactly(HEADER);
    pipe.parts.add("c\"\nnext\n");
    pass(Duration.ofMillis(300));

    assertThat(sink.lines()).containsExactly(HEADER, OPEN + "\nb\nc\"", "next");
  }

  @Test
  void readsARowThatIsNotClosedWhileMoreAndMoreComes() {
    pipe.parts.add(HEADER + "\n" + OPEN + "\n");
    start();
    for (int i = 0; i < 29; i++) {
      pass(Duration.ofMillis(800));
      pipe.parts.add(i + "\n");
      pass(Duration.ofMillis(200));
      assertThat(sink.lines()).hasSize(1);
    }
    pass(Duration.ofMillis(800));
    pipe.parts.add("29\n");
    pass(Duration.ofMillis(800));

    assertThat(sink.lines()).hasSize(32).startsWith(HEADER, OPEN, "0").endsWith("29");
  }

  private void start() {
    IngestOptions options = IngestOptions.defaults();
    Disposable run =
        new StreamIngest(sink, scheduler, options).importStream(pipe, "stdin").subscribe();
    assertThat(run).isNotNull();
  }

  private void pass(Duration time) {
    scheduler.advanceTimeBy(time);
  }

  /** A stream whose reader never waits: where it would have to, it learns that the end came. */
  private static final class Pipe extends InputStream {

    final ArrayDeque<String> parts = new ArrayDeque<>();
    int blocked;

    @Override
    public int available() {
      String next = parts.peek();
      return next == null ? 0 : next.length();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public int read(byte[] to, int from, int length) {
      String next = parts.poll();
      if (next == null) {
        blocked++;
        return -1;
      }
      byte[] bytes = next.getBytes(UTF_8);
      System.arraycopy(bytes, 0, to, from, bytes.length);
      return bytes.length;
    }
  }
}

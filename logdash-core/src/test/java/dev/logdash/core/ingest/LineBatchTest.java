package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBatchTest {

  private static final String FRAME = "\tat com.acme.Shop.sell(Shop.java:17)";

  @Test
  void endsBehindAStackTraceNotWithinIt() throws IOException {
    String text = "line\n".repeat(500) + "error\n" + (FRAME + "\n").repeat(40) + "next\n";

    RecordReader reader = reader(new ByteArrayInputStream(text.getBytes(UTF_8)));

    assertThat(fill(reader)).hasSize(541).endsWith(FRAME);
    assertThat(fill(reader)).containsExactly("next");
  }

  @Test
  void readsOnForALineThatIsNotThereAsAWhole() throws IOException {
    String text = "line\n".repeat(511) + "error\n" + FRAME + "\n" + "next\n";
    InputStream inParts =
        new ByteArrayInputStream(text.getBytes(UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int start, int length) {
            return super.read(target, start, Math.min(length, 7));
          }
        };

    assertThat(fill(reader(inParts))).hasSize(513).endsWith("error", FRAME);
  }

  @Test
  void endsWithinATraceThatHasNoEnd() throws IOException {
    String text = "error\n" + (FRAME + "\n").repeat(5_000);

    RecordReader reader = reader(new ByteArrayInputStream(text.getBytes(UTF_8)));

    assertThat(fill(reader)).hasSizeBetween(1_000, 2_000);
  }

  @Test
  void doesNotWaitForMoreOfATrace() throws IOException {
    byte[] text = ("line\n".repeat(511) + "error\n" + FRAME).getBytes(UTF_8);
    InputStream slow =
        new ByteArrayInputStream(text) {
          @Override
          public synchronized int read(byte[] target, int start, int length) {
            assertThat(available()).as("what is read does not block").isPositive();
            return super.read(target, start, length);
          }
        };

    assertThat(fill(reader(slow))).hasSize(512).endsWith("error");
  }

  @Test
  void countsTheBytesOfTheRecordsThatALineBecomes() throws IOException {
    LineSplitter hundred = (buffer, from, to) -> Collections.nCopies(100, new byte[1_000]);
    byte[] text = "line\n".repeat(10).getBytes(UTF_8);

    RecordReader reader = new RecordReader(new ByteArrayInputStream(text), 1_000, hundred);

    assertThat(fill(reader)).hasSize(300);
  }

  private static RecordReader reader(InputStream in) {
    return new RecordReader(in, 1_000, LineSplitter.none());
  }

  private static List<String> fill(RecordReader reader) throws IOException {
    LineBatch batch = new LineBatch(null);
    batch.fill(reader, "source", null, IngestOptions.defaults(), true);
    return batch.lines().stream().map(line -> new String(line.body(), UTF_8)).toList();
  }
}

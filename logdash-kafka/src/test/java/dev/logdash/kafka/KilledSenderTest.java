package dev.logdash.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sender that is killed: nothing that its spool accepted is lost, and nothing is there twice. */
@Timeout(240)
class KilledSenderTest {

  private static final int LIVES = 3;
  private static final int MANY = 1_000_000;

  @TempDir private Path folder;

  @Test
  void losesAndDoublesNothing() throws Exception {
    KafkaKit kit = KafkaKit.shared();
    String topic = kit.newTopic(3);
    Set<String> accepted = new HashSet<>();
    for (int life = 0; life < LIVES; life++) {
      Path out = folder.resolve("out-" + life);
      Process process = start(kit, topic, out, life * MANY, MANY);
      try {
        int lines = 300 * (life + 1);
        KafkaKit.await("lines", () -> !process.isAlive() || linesOf(out).size() >= lines);
        assertThat(process.isAlive()).as(() -> String.join("\n", linesOf(out))).isTrue();
        // Somewhere in what comes after, so that each life ends elsewhere.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(37L * life));
      } finally {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
      linesOf(out).forEach(number -> accepted.add("line " + number));
    }
    Path last = folder.resolve("out-last");
    Process process = start(kit, topic, last, LIVES * MANY, 100);
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(linesOf(last)).contains("drained");

    List<RawRecord> all = kit.readAll(topic);
    List<String> once = KafkaKit.texts(KafkaKit.once(all));
    assertThat(once).doesNotHaveDuplicates();
    assertThat(new HashSet<>(once)).containsAll(accepted);
    assertThat(all)
        .extracting(RawRecord::eventId)
        .satisfies(ids -> assertThat(new HashSet<>(ids)).hasSameSizeAs(once));
  }

  private Process start(KafkaKit kit, String topic, Path out, int from, int count)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SendingProcess.class.getName(),
                folder.resolve("data").toString(),
                kit.bootstrap,
                topic,
                Integer.toString(from),
                Integer.toString(count)));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("errors").toFile())
        .redirectOutput(out.toFile())
        .start();
  }

  /** The numbers it printed whole; the last line may be cut. */
  private static List<String> linesOf(Path out) {
    try {
      String text = Files.exists(out) ? Files.readString(out) : "";
      List<String> lines = new ArrayList<>(text.lines().toList());
      if (!text.endsWith("\n") && !lines.isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      lines.removeIf(line -> !line.matches("\\d+|drained"));
      return lines;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

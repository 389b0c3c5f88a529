package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RoomySinkTest {

  private long usable = 100;

  @Test
  void theSpoolLeavesRoomForTheStores() {
    List<Submission> taken = new ArrayList<>();
    LogSink sink = new RoomySink(new Keeping(taken), new SmallDisk(), "data", 50);
    List<Submission> batch = List.of(Submission.of(new byte[1], "a"));

    sink.append(batch, AckLevel.SPOOLED).block();
    usable = 49;
    assertThatThrownBy(() -> sink.append(batch, AckLevel.SPOOLED).block())
        .isInstanceOf(BackendException.Overloaded.class)
        .hasMessageContaining("the disk of data is nearly full")
        .hasMessageContaining("free some");
    assertThatThrownBy(() -> sink.check().block()).isInstanceOf(BackendException.Overloaded.class);
    usable = 50;
    sink.append(batch, AckLevel.SPOOLED).block();

    assertThat(taken).hasSize(2);
  }

  @Test
  void ofASmallDiskAQuarterIsEnough() {
    LogSink sink = new RoomySink(new Keeping(new ArrayList<>()), new SmallDisk(), "data", 1 << 30);

    usable = 50;
    sink.check().block();
    usable = 49;
    assertThatThrownBy(() -> sink.check().block()).isInstanceOf(BackendException.Overloaded.class);
  }

  private final class SmallDisk implements RoomySink.Disk {
    @Override
    public long usable() {
      return usable;
    }

    @Override
    public long total() {
      return 200;
    }
  }

  private static final class Keeping implements LogSink {

    private final List<Submission> taken;

    Keeping(List<Submission> taken) {
      this.taken = taken;
    }

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
      return Mono.fromCallable(
          () -> {
            taken.addAll(batch);
            return new SinkAck(atLeast, batch.size(), List.of());
          });
    }

    @Override
    public Mono<Void> check() {
      return Mono.empty();
    }

    @Override
    public void close() {}
  }
}

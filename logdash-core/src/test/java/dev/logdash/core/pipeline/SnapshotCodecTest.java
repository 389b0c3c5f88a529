package dev.logdash.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {

  @Test
  void readsWhatItWrote() {
    Snapshot snapshot =
        new Snapshot(
            17,
            1_795_435_200_000_000_000L,
            1_795_435_200_000_000_001L,
            Map.of("default\u0000/var/log/\"a\".log", 21L),
            Map.of("00000000000000aa", Long.MAX_VALUE),
            Set.of(19L, 20L),
            new Totals(9, 5, 3, 1, 4, 2));

    assertThat(SnapshotCodec.read("snapshot/x/0", SnapshotCodec.write(snapshot)))
        .isEqualTo(snapshot);
  }

  @Test
  void readsWhatTheFormatBeforeWrote() {
    String first =
        "{\"format\":1,\"next\":17,\"time\":5,\"watermark\":6,\"straddling\":{\"a\":21},"
            + "\"producers\":{\"b\":7},\"totals\":[9,5,3,1,4,2]}";

    assertThat(SnapshotCodec.read("snapshot/x/0", first))
        .isEqualTo(
            new Snapshot(
                17,
                5,
                6,
                Map.of("a", 21L),
                Map.of("b", 7L),
                Set.of(),
                new Totals(9, 5, 3, 1, 4, 2)));
  }

  @Test
  void refusesAnotherFormat() {
    String later = SnapshotCodec.write(Snapshot.START).replace("\"format\":2", "\"format\":3");

    assertThatThrownBy(() -> SnapshotCodec.read("snapshot/x/0", later))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("format 3");
  }

  @Test
  void refusesWhatIsNoSnapshot() {
    assertThatThrownBy(() -> SnapshotCodec.read("snapshot/x/0", "{\"format\":1,\"next\":"))
        .isInstanceOf(BackendException.Misconfigured.class);
  }
}

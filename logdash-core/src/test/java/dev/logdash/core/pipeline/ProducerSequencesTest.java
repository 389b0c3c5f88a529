package dev.logdash.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProducerSequencesTest {

  private static final PartitionId PARTITION = new PartitionId("00000000000000aa", 0);
  private static final String SEVEN = "0000000000000007";

  @Test
  void recognisesWhatAProducerSentBefore() {
    ProducerSequences sequences = new ProducerSequences(PARTITION, Map.of(SEVEN, 4L));

    assertThat(sequences.admit(record(7, 4, 10))).isFalse();
    assertThat(sequences.admit(record(7, 5, 11))).isTrue();
    assertThat(sequences.admit(record(7, 5, 12))).isFalse();
    assertThat(sequences.admit(record(8, 1, 13))).isTrue();
  }

  @Test
  void knowsWhatHeldBelowAnOffset() {
    ProducerSequences sequences = new ProducerSequences(PARTITION, Map.of(SEVEN, 4L));
    sequences.admit(record(7, 5, 11));
    sequences.admit(record(7, 6, 12));

    assertThat(sequences.below(11)).containsExactly(Map.entry(SEVEN, 4L));
    assertThat(sequences.below(12)).containsExactly(Map.entry(SEVEN, 5L));
    assertThat(sequences.below(13)).containsExactly(Map.entry(SEVEN, 6L));
  }

  @Test
  void remembersNothingOfALaneOrOfForeignRecords() {
    ProducerSequences sequences = new ProducerSequences(PARTITION, Map.of());
    RawRecord foreign = record(new Origin("logs-0", 0, 3), 3);

    assertThat(sequences.admit(record(0xaa, 1, 1))).isTrue();
    assertThat(sequences.admit(foreign)).isTrue();
    assertThat(sequences.admit(foreign)).isTrue();
    assertThat(sequences.below(9)).isEmpty();
  }

  private static RawRecord record(long producer, long seq, long offset) {
    return record(Origin.ofProducer(producer, 1, seq), offset);
  }

  private static RawRecord record(Origin origin, long offset) {
    return new RawRecord(origin, offset, 0, "default", "s", Map.of(), new byte[0], 0, 0);
  }
}

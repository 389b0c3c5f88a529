package dev.logdash.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.core.pipeline.DeadLetterReason;
import dev.logdash.core.pipeline.DeadLetters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeadLetterTopicTest {

  @Test
  void aDeadLetterTellsWhyAndWhereItStood() {
    KafkaKit kit = KafkaKit.shared();
    String topic = kit.newTopic(1);
    kit.produce(KafkaKit.record(topic, "pod-7", "broken"));
    RawRecord record = kit.readAll(topic).get(0);
    PartitionId partition = new PartitionId("cluster.topic", 0);
    KafkaSinkConfig config = KafkaSinkConfig.of(kit.properties(), topic).deadLetters();
    try (KafkaLogSink sink = kit.sink(config)) {
      new DeadLetters(sink, key -> -1, AckLevel.BROKERED)
          .write(
              partition,
              List.of(new DeadLetters.Letter(record, DeadLetterReason.DECODE, "no parser")))
          .block(KafkaKit.PATIENCE);
    }

    RawRecord letter = kit.readAll(topic + ".dlq").get(0);
    assertThat(letter.text()).isEqualTo("broken");
    assertThat(letter.eventId()).isEqualTo(record.eventId());
    assertThat(letter.headers())
        .containsEntry(Headers.DEAD_LETTER_REASON, "DECODE")
        .containsEntry(Headers.DEAD_LETTER_MESSAGE, "no parser")
        .containsEntry(Headers.DEAD_LETTER_ORIGIN, "cluster.topic/0/0")
        .containsEntry(Headers.SOURCE, "pod-7");
  }
}

package dev.logdash.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.RecordBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far a group is, as one sees it who does not read. */
class KafkaProgressTest {

  private final KafkaKit kit = KafkaKit.shared();

  @Test
  void followsWhatTheGroupHasAcknowledged() {
    String topic = kit.newTopic(2);
    String group = KafkaKit.newName();
    try (KafkaProgress progress = watch(topic, group)) {
      KafkaKit.await(() -> progress.untilNanos() > 0);
      assertThat(progress.lag()).isZero();

      kit.send(topic, 0, "one");
      kit.send(topic, 1, "two");
      long sent = now();
      KafkaKit.await(() -> progress.lag() == 2);
      long before = progress.untilNanos();
      assertThat(before).isLessThan(sent);

      try (KafkaLogSource source =
          KafkaLogSource.open(KafkaSourceConfig.of(kit.properties(), group, topic))) {
        List<Assignment> assigned =
            source.assignments().take(2).collectList().block(KafkaKit.PATIENCE);
        acknowledge(assigned.get(0));
        KafkaKit.await(() -> progress.lag() == 1);
        assertThat(progress.untilNanos()).isLessThan(sent);

        acknowledge(assigned.get(1));
        KafkaKit.await(() -> progress.untilNanos() > sent);
        assertThat(progress.lag()).isZero();
      }
    }
  }

  @Test
  void knowsNothingWithoutABroker() throws Exception {
    try (KafkaProgress progress =
        KafkaProgress.watch(
            Map.of("bootstrap.servers", "127.0.0.1:1"),
            "g",
            List.of("t"),
            List.of(),
            Clock.systemUTC())) {
      assertThat(progress.untilNanos()).isZero();
    }
  }

  private static void acknowledge(Assignment assignment) {
    RecordBatch batch =
        assignment
            .read(0)
            .filter(each -> !each.records().isEmpty())
            .blockFirst(Duration.ofSeconds(30));
    assignment.acknowledge(batch.nextOffset()).block(KafkaKit.PATIENCE);
  }

  private KafkaProgress watch(String topic, String group) {
    return KafkaProgress.watch(
        kit.properties(), group, List.of(topic), List.of(), Clock.systemUTC());
  }

  private static long now() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
  }
}

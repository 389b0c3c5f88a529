package dev.logdash.dashboard;

import static dev.logdash.dashboard.BackendMeter.counter;
import static dev.logdash.dashboard.BackendMeter.gauge;

import dev.logdash.core.ship.ShipStatistics;
import dev.logdash.kafka.KafkaLogSink;
import dev.logdash.kafka.KafkaLogSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is counted on the way through Kafka. */
final class KafkaMeters {

  private KafkaMeters() {}

  /**
   * @param carries what goes there: logs or dead letters
   */
  static List<BackendMeter> of(KafkaLogSink sink, String carries) {
    return Stream.of(
            counter(
                "logdash.kafka.sink.records",
                "Records that the broker has",
                () -> sink.statistics().brokered()),
            counter(
                "logdash.kafka.sink.rejected",
                "Records that the topic never takes, since they are too large",
                () -> sink.statistics().rejected()),
            lost("refused", () -> sink.statistics().rejectedLate()),
            lost("closed", () -> sink.statistics().dropped()),
            counter(
                "logdash.kafka.sink.failures",
                "Producers given up; their records are sent again",
                () -> sink.statistics().failures()),
            gauge(
                "logdash.kafka.sink.buffer.bytes",
                "Bytes that wait for the broker in memory",
                () -> sink.statistics().bufferedBytes()))
        .map(meter -> meter.with("carries", carries))
        .toList();
  }

  static List<BackendMeter> of(KafkaLogSource source) {
    return List.of(
        counter(
            "logdash.kafka.source.records",
            "Records read, those read again included",
            () -> source.statistics().records()),
        counter(
            "logdash.kafka.source.foreign",
            "Records among them that no producer of logdash wrote",
            () -> source.statistics().foreign()),
        counter(
            "logdash.kafka.source.offsets.reset",
            "Times that the topic no longer had what was to be read",
            () -> source.statistics().offsetsReset()),
        counter(
            "logdash.kafka.source.rebalances",
            "Times that partitions came or went",
            () -> source.statistics().rebalances()),
        counter(
            "logdash.kafka.source.failures",
            "Consumers given up",
            () -> source.statistics().failures()),
        gauge(
            "logdash.kafka.source.lag",
            "Records of the partitions of this process still to be read",
            () -> source.statistics().lag()));
  }

  static List<BackendMeter> of(Supplier<ShipStatistics> shipping) {
    return List.of(
        counter(
            "logdash.ship.records",
            "Records brought from the spool to the topic",
            () -> shipping.get().shipped()),
        counter(
            "logdash.ship.refused",
            "Records that the topic never takes, which are dead letters here",
            () -> shipping.get().refused()),
        counter(
            "logdash.ship.failures",
            "Attempts that brought nothing; their records are sent again",
            () -> shipping.get().failures()));
  }

  private static BackendMeter lost(String reason, LongSupplier count) {
    return counter(
            "logdash.kafka.sink.lost",
            "Records answered as accepted that the topic does not have",
            count)
        .with("reason", reason);
  }
}

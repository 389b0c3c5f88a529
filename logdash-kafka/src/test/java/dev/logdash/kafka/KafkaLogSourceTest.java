package dev.logdash.kafka;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.tck.LogSourceContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;

class KafkaLogSourceTest extends LogSourceContract {

  private final KafkaKit kit = KafkaKit.shared();
  private final String topic = kit.newTopic(2);
  private final KafkaLogSink sink = kit.sink(topic);

  @Override
  protected LogSource open() {
    return KafkaLogSource.open(
        KafkaSourceConfig.of(kit.properties(), "readers of " + topic, topic));
  }

  @Override
  protected void append(List<String> lines) {
    KafkaKit.append(sink, AckLevel.BROKERED, lines);
  }

  @Override
  protected void elapse(Duration duration) {
    // The broker and the client live in the time of the machine.
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @AfterEach
  void closeSink() {
    sink.close();
  }
}

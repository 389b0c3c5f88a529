package dev.logdash.kafka;

import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.tck.LogSinkContract;
import dev.logdash.testing.kafka.KafkaServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class KafkaLogSinkTest extends LogSinkContract {

  private static final int MEGABYTES = 2 * 1024 * 1024;

  private final KafkaKit kit = KafkaKit.shared();
  private String topic;
  private KafkaLogSink sink;
  private boolean held;

  @Override
  protected LogSink open() {
    topic = kit.newTopic(3);
    sink = kit.sink(KafkaSinkConfig.of(kit.properties(), topic).withLimits(MEGABYTES, 1_000_000));
    return sink;
  }

  @Override
  protected List<RawRecord> accepted() {
    if (held) {
      letGo();
      KafkaKit.append(sink, AckLevel.BROKERED, List.of());
    }
    return kit.readAll(topic);
  }

  @Override
  protected AckLevel highestLevel() {
    return AckLevel.BROKERED;
  }

  @Override
  protected void holdBack() {
    KafkaServer.shared().pause();
    held = true;
  }

  @AfterEach
  void letGo() {
    if (held) {
      held = false;
      KafkaServer.shared().resume();
    }
  }
}

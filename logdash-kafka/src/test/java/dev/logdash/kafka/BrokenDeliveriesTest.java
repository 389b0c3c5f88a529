package dev.logdash.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.testing.FaultProxy;
import dev.logdash.testing.ServerProcess;
import dev.logdash.testing.kafka.KafkaServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the topic when the way to it breaks. */
@Timeout(180)
class BrokenDeliveriesTest {

  private static final String[] QUICK = {
    "delivery.timeout.ms", "2500", "request.timeout.ms", "2000", "max.block.ms", "2000"
  };

  @TempDir private Path folder;

  @Test
  void startsWithoutABrokerAndTakesNothingThatItMayGiveBack() {
    KafkaKit absent = new KafkaKit("127.0.0.1:" + ServerProcess.freePort());
    try (KafkaLogSink sink =
        absent.sink(KafkaSinkConfig.of(absent.properties(QUICK), KafkaKit.newName()))) {
      assertThatThrownBy(() -> KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(0, 3)))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(sink.statistics().bufferedBytes()).isZero();
      assertThatThrownBy(() -> sink.check().block(KafkaKit.PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @Test
  void makesTheTopicThatIsMissing() {
    KafkaKit kit = KafkaKit.shared();
    String topic = KafkaKit.newName();
    try (KafkaLogSink sink = kit.sink(topic)) {
      KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(0, 3));
    }
    assertThat(KafkaKit.texts(kit.readAll(topic))).isEqualTo(KafkaKit.lines(0, 3));
  }

  @Test
  void aRestartOfTheBrokerLosesAndDoublesNothing() throws Exception {
    try (KafkaServer server = KafkaServer.start(folder)) {
      KafkaKit kit = new KafkaKit(server.bootstrap());
      String topic = kit.newTopic(3);
      try (KafkaLogSink sink = kit.sink(topic)) {
        KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(0, 50));
        server.kill();
        for (int i = 50; i < 100; i++) {
          KafkaKit.append(sink, AckLevel.ACCEPTED, KafkaKit.lines(i, i + 1));
        }
        server.restart();
        KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(100, 150));
      }
      assertThat(KafkaKit.texts(KafkaKit.once(kit.readAll(topic))))
          .isEqualTo(KafkaKit.lines(0, 150));
    }
  }

  @Test
  void aLostAnswerOfTheBrokerDoublesNoRecord() throws Exception {
    KafkaServer server = KafkaServer.start(folder.resolve("broker"));
    try (server;
        FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
      // What the broker tells its clients of itself leads past the proxy, so it gets its address.
      server.kill();
      server.advertise(proxy.port());
      server.restart();
      KafkaKit direct = new KafkaKit("127.0.0.1:" + proxy.port());
      String topic = direct.newTopic(1);
      try (KafkaLogSink sink = direct.sink(KafkaSinkConfig.of(direct.properties(QUICK), topic))) {
        KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(0, 10));
        proxy.dropResponses();

        SinkAck ack = KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(10, 20));

        assertThat(ack.level()).isEqualTo(AckLevel.ACCEPTED);
        assertThat(ack.accepted()).isEqualTo(10);
        proxy.heal();
        KafkaKit.await("delivery", () -> reached(sink));
        KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(20, 30));
        assertThat(sink.statistics().failures()).isPositive();
      }
      List<RawRecord> all = direct.readAll(topic);
      assertThat(all).hasSizeGreaterThan(30);
      assertThat(KafkaKit.texts(KafkaKit.once(all))).isEqualTo(KafkaKit.lines(0, 30));
    }
  }

  @Test
  void theBrokerTakesWhatTheSinkTakesWhereTheSinkMadeTheTopic() {
    KafkaKit kit = KafkaKit.shared();
    String topic = KafkaKit.newName();
    KafkaSinkConfig config =
        KafkaSinkConfig.of(kit.properties("compression.type", "none"), topic)
            .withLimits(16L * 1024 * 1024, 3_000_000);
    try (KafkaLogSink sink = kit.sink(config)) {
      SinkAck ack =
          Objects.requireNonNull(
              sink.append(List.of(Submission.of(new byte[2_900_000], "a")), AckLevel.BROKERED)
                  .block(KafkaKit.PATIENCE));

      assertThat(ack.accepted()).isEqualTo(1);
      assertThat(ack.rejected()).isEmpty();
    }
  }

  @Test
  void whatTheBrokerFindsTooLargeIsRefusedAndTheRestIsTaken() {
    KafkaKit kit = KafkaKit.shared();
    String topic = kit.newTopic(1);
    KafkaSinkConfig config =
        KafkaSinkConfig.of(kit.properties("compression.type", "none"), topic)
            .withLimits(16L * 1024 * 1024, 3_000_000);
    try (KafkaLogSink sink = kit.sink(config)) {
      List<Submission> batch =
          List.of(
              Submission.of("first", "a"),
              Submission.of(new byte[2_000_000], "a"),
              Submission.of("last", "a"));

      SinkAck ack =
          Objects.requireNonNull(sink.append(batch, AckLevel.BROKERED).block(KafkaKit.PATIENCE));

      assertThat(ack.level()).isEqualTo(AckLevel.BROKERED);
      assertThat(ack.rejected()).extracting(SinkAck.Rejected::index).containsExactly(1);
    }
    assertThat(KafkaKit.texts(kit.readAll(topic))).containsExactly("first", "last");
  }

  @Test
  void aRecordKeepsTheIdentityItBrings() {
    KafkaKit kit = KafkaKit.shared();
    String topic = kit.newTopic(5);
    Origin origin = Origin.ofProducer(0xabcL, 4, 77);
    List<Submission> batch = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      batch.add(
          Submission.of("again", "a")
              .withHeaders(
                  Map.of(
                      Headers.ORIGIN, origin.toText(), Headers.RECEIVED, "1700000000000000000")));
    }
    for (Submission each : batch) {
      try (KafkaLogSink sink = kit.sink(topic)) {
        Objects.requireNonNull(
            sink.append(List.of(each), AckLevel.BROKERED).block(KafkaKit.PATIENCE));
      }
    }

    List<RawRecord> all = kit.readAll(topic);
    assertThat(all).hasSize(2).extracting(RawRecord::origin).containsOnly(origin);
    assertThat(all).extracting(RawRecord::eventId).containsOnly(all.get(0).eventId());
    assertThat(all).extracting(RawRecord::receivedNanos).containsOnly(1_700_000_000_000_000_000L);
    assertThat(kit.raw(topic))
        .extracting(record -> record.partition())
        .containsOnly(kit.raw(topic).get(0).partition());
  }

  @Test
  void aSettingThatKafkaRefusesIsForAPerson() {
    KafkaKit kit = KafkaKit.shared();
    KafkaSinkConfig config =
        KafkaSinkConfig.of(
            kit.properties("max.in.flight.requests.per.connection", "9"), kit.newTopic(1));
    try (KafkaLogSink sink = kit.sink(config)) {
      assertThatThrownBy(() -> KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(0, 1)))
          .isInstanceOf(BackendException.Misconfigured.class);
    }
  }

  private static boolean reached(KafkaLogSink sink) {
    try {
      KafkaKit.append(sink, AckLevel.BROKERED, List.of());
      return true;
    } catch (BackendException e) {
      return false;
    }
  }
}

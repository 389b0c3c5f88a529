package dev.logdash.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.testing.kafka.KafkaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks who is there. */
@Timeout(180)
class RefusedClientsTest {

  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  @TempDir private Path folder;

  @Test
  void aWrongPasswordIsForAPersonAndTheRightOneOpens() {
    try (KafkaServer server =
        KafkaServer.start(
            folder,
            "listener.security.protocol.map=PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms=PLAIN",
            "sasl.mechanism.inter.broker.protocol=PLAIN",
            "listener.name.plaintext.plain.sasl.jaas.config="
                + LOGIN
                + " username=\"logs\" password=\"right\" user_logs=\"right\";")) {
      KafkaKit kit = new KafkaKit(server.bootstrap());
      String topic = KafkaKit.newName();
      try (KafkaLogSink sink = kit.sink(KafkaSinkConfig.of(as(kit, "wrong"), topic))) {
        assertThatThrownBy(() -> KafkaKit.append(sink, AckLevel.BROKERED, List.of("line")))
            .isInstanceOf(BackendException.Misconfigured.class)
            .hasMessageNotContaining("wrong");
      }
      try (KafkaLogSource source =
          KafkaLogSource.open(KafkaSourceConfig.of(as(kit, "wrong"), "group", topic))) {
        source.assignments().subscribe();
        KafkaKit.await("the refusal", () -> isMisconfigured(source));
      }
      try (KafkaLogSink sink = kit.sink(KafkaSinkConfig.of(as(kit, "right"), topic))) {
        KafkaKit.append(sink, AckLevel.BROKERED, List.of("line"));
      }
    }
  }

  private static Map<String, String> as(KafkaKit kit, String password) {
    return kit.properties(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN + " username=\"logs\" password=\"" + password + "\";");
  }

  private static boolean isMisconfigured(KafkaLogSource source) {
    try {
      source.check().block(KafkaKit.PATIENCE);
      return false;
    } catch (BackendException.Misconfigured e) {
      return true;
    } catch (BackendException e) {
      return false;
    }
  }
}

package dev.logdash.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

  @TempDir private Path folder;

  @Test
  void answersUntilItIsKilledAndAgainAfterARestart() throws IOException {
    try (KafkaServer server = KafkaServer.start(folder)) {
      String before = server.bootstrap();
      connect(server);

      server.kill();
      assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);

      server.restart();
      connect(server);
      assertThat(server.bootstrap()).isEqualTo(before);
    }
  }

  private static void connect(KafkaServer server) throws IOException {
    new Socket(server.host(), server.port()).close();
  }
}

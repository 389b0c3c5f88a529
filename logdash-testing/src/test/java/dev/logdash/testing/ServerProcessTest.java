package dev.logdash.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @Test
  void tellsWhatAServerSaidThatDoesNotStart() {
    List<String> command = List.of("sh", "-c", "echo no such setting; exit 3");

    assertThatThrownBy(() -> ServerProcess.start("server", command, folder, () -> false, SOON))
        .hasMessageContaining("server ended with 3")
        .hasMessageContaining("no such setting");
  }

  @Test
  void endsAServerThatIsNotReadyInTime() throws IOException {
    List<String> command = List.of("sh", "-c", "echo $$; exec sleep 100");

    assertThatThrownBy(
            () ->
                ServerProcess.start("server", command, folder, () -> false, Duration.ofMillis(300)))
        .hasMessageContaining("not ready within");
    long pid = Long.parseLong(Files.readString(folder.resolve("server.out")).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void pausesResumesAndEnds() {
    try (ServerProcess server =
        ServerProcess.start("server", List.of("sleep", "100"), folder, () -> true, SOON)) {
      server.pause();
      server.resume();
      assertThat(server.isAlive()).isTrue();
      server.kill();
      assertThat(server.isAlive()).isFalse();
    }
  }
}

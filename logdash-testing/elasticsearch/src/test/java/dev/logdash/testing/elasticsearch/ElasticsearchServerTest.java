package dev.logdash.testing.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.testing.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a server starts is shown by the tests of the adapter. */
class ElasticsearchServerTest {

  @TempDir private Path folder;

  @Test
  void failsWhenTheServerThatWasNamedDoesNotAnswer() {
    String before = System.getProperty(ElasticsearchServer.PROPERTY);
    String nowhere = "http://127.0.0.1:" + ServerProcess.freePort();
    System.setProperty(ElasticsearchServer.PROPERTY, nowhere);
    try {
      assertThatThrownBy(() -> ElasticsearchServer.start(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(nowhere);
    } finally {
      if (before == null) {
        System.clearProperty(ElasticsearchServer.PROPERTY);
      } else {
        System.setProperty(ElasticsearchServer.PROPERTY, before);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }
}

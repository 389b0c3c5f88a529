package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that spring-boot-devtools starts anew, in one process, when a class changes. */
@Tag("devtools")
class DevtoolsTest {

  private static final int LIVES = 3;

  @TempDir private Path folder;

  @Test
  void keepsOneAttachmentOverItsRestarts() throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path data = folder.resolve("data");
    List<String> classPath = new ArrayList<>(List.of(classes.toString()));
    classPath.addAll(ChildShop.classPath());
    try (ChildShop shop =
        ChildShop.start(
            classPath,
            folder.resolve("output"),
            "--logdash.data.dir=" + data,
            "--spring.devtools.restart.poll-interval=100ms",
            "--spring.devtools.restart.quiet-period=50ms",
            "--spring.devtools.livereload.enabled=false")) {
      for (int life = 1; life <= LIVES; life++) {
        URI base = shop.started(life);
        Browser browser = new Browser(base.resolve("logdash/"));
        if (life == 1) {
          browser.signInAsTheFirst(data);
        } else {
          browser.signIn();
        }
        browser.get(base.resolve("orders/" + life));
        Waiting.until(() -> browser.search("\"GET /orders\"").size() >= 1);
        for (int order = 1; order <= life; order++) {
          String query = "\"order " + order + " looked up\"";
          Waiting.until(() -> browser.search(query).size() >= 1);
          assertThat(browser.search(query).size()).isEqualTo(1);
        }
        Files.writeString(classes.resolve("changed.txt"), "life " + life);
      }
    }
  }
}

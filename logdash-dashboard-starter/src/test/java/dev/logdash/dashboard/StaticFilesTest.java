package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the user interface as they are served. */
class StaticFilesTest {

  private static final Path FOLDER =
      Path.of("src", "main", "resources").resolve(StaticFiles.FOLDER);
  private static final Pattern RELATIVE =
      Pattern.compile("(?:\\bfrom|\\bimport)\\s*\\(?\\s*[\"'](\\.[^\"']+)[\"']");

  private final StaticFiles files = StaticFiles.load(StaticFilesTest.class.getClassLoader());

  @Test
  void areAllThatTheFolderHasAndNoOthers() throws IOException {
    List<String> there;
    try (Stream<Path> paths = Files.walk(FOLDER)) {
      there =
          paths
              .filter(Files::isRegularFile)
              .map(path -> FOLDER.relativize(path).toString().replace('\\', '/'))
              .filter(name -> !name.equals(StaticFiles.LIST) && !name.endsWith(".d.ts"))
              .sorted()
              .toList();
    }

    assertThat(files.names().stream().sorted().toList())
        .as("the folder, which %s must list line by line", StaticFiles.LIST)
        .isEqualTo(there);
  }

  @Test
  void referToEachOtherByVersion() {
    for (String name : files.names()) {
      if (!name.endsWith(".js") || name.startsWith("vendor/")) {
        continue;
      }
      String script = new String(files.find(name, "", "", false).bytes(), UTF_8);
      Matcher reference = RELATIVE.matcher(script);
      while (reference.find()) {
        // A module that is imported with and without a version would run twice.
        assertThat(reference.group(1)).as(name).matches(".*\\.js\\?v=[0-9a-f]{16}");
      }
    }
  }

  @Test
  void holdTheLibrariesThatAreWrittenDown() throws Exception {
    String vendor = new String(files.find("vendor/VENDOR.txt", "", "", false).bytes(), UTF_8);
    Matcher line = Pattern.compile("(?m)^([0-9a-f]{64})  (\\S+)$").matcher(vendor);
    int checked = 0;
    while (line.find()) {
      byte[] bytes = Files.readAllBytes(FOLDER.resolve("vendor").resolve(line.group(2)));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(digest)).as(line.group(2)).isEqualTo(line.group(1));
      checked++;
    }
    assertThat(checked).isEqualTo(3);
  }

  @Test
  void holdNothingInline() {
    String page = new String(files.find("", "", "", false).bytes(), UTF_8);

    assertThat(page)
        .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
        .doesNotContainPattern("\\son\\w+=")
        .doesNotContain("<style", "style=", "http://", "https://");
  }

  @Test
  void comeCompressedToWhoTakesIt() {
    assertThat(StaticFiles.PAGES)
        .allSatisfy(page -> assertThat(files.find(page, "", "", true)).isNotNull());
    assertThat(files.find("none.js", "", "", false)).isNull();
  }
}

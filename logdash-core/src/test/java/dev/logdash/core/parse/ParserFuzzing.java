package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lets Jazzer look for inputs on which {@link ParserFuzzTarget} fails, guided by what code they
 * reach. Runs with the profile {@code fuzz} alone, which brings Jazzer:
 *
 * <pre>
 * mvn test -pl logdash-core -am -Pfuzz -Dlogdash.fuzz.seconds=1800 -Dtest=ParserFuzzing \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * What it finds it leaves in {@code target/fuzz}, as it does its corpus, which the next run goes on
 * with.
 */
class ParserFuzzing {

  private static final Path FOLDER = Path.of("target", "fuzz");
  private static final String DRIVER = "com.code_intelligence.jazzer.Jazzer";

  @Test
  void findsNothing() throws Exception {
    Path corpus = Files.createDirectories(FOLDER.resolve("corpus"));
    writeSeeds(corpus);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Dlogdash.fuzz.slower=20",
            "-cp",
            System.getProperty("java.class.path"),
            DRIVER,
            "--target_class=" + ParserFuzzTarget.class.getName(),
            "--instrumentation_includes=dev.logdash.core.parse.**",
            "--reproducer_path=" + FOLDER.toAbsolutePath(),
            "-max_total_time=" + Integer.getInteger("logdash.fuzz.seconds", 60),
            "-max_len=65536",
            "-len_control=20",
            "-print_final_stats=1",
            "-artifact_prefix=" + FOLDER.toAbsolutePath() + "/",
            corpus.toAbsolutePath().toString());

    int code = new ProcessBuilder(command).inheritIO().start().waitFor();

    assertThat(code).as("what was found is in %s", FOLDER.toAbsolutePath()).isZero();
  }

  private static void writeSeeds(Path corpus) throws IOException {
    int number = 0;
    for (String line : SampleLines.ALL) {
      Files.write(corpus.resolve("line-" + number), ("\0" + line).getBytes(UTF_8));
      Files.write(corpus.resolve("fit-" + number++), ("\1" + line).getBytes(UTF_8));
    }
    for (String columns : ParserFuzzTarget.COLUMNS) {
      Files.write(corpus.resolve("columns-" + number++), ("\3" + columns).getBytes(UTF_8));
    }
    for (String pattern : ParserFuzzTarget.PATTERNS) {
      String line = SampleLines.ALL.get(number % SampleLines.ALL.size());
      Files.write(
          corpus.resolve("pattern-" + number++), ("\2" + pattern + "\n" + line).getBytes(UTF_8));
    }
  }
}

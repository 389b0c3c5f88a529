package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs what the fuzzer runs on lines of each format, on damaged ones, and on what it once found.
 */
class ParserFuzzTargetTest {

  /**
   * Inputs that once failed, or that reach what others do not; the first byte as the target says.
   */
  private static final Path CORPUS =
      Path.of("src", "test", "resources", "dev", "logdash", "core", "parse", "fuzz");

  private static final int ROUNDS = Boolean.getBoolean("logdash.test.deep") ? 1_000_000 : 4_000;

  @Test
  void noInputOfTheCorpusFails() throws IOException {
    int count = 0;
    try (Stream<Path> files = Files.list(CORPUS)) {
      for (Path file : files.sorted().toList()) {
        ParserFuzzTarget.fuzzerTestOneInput(Files.readAllBytes(file));
        count++;
      }
    }
    assertThat(count).isGreaterThan(5);
  }

  @Test
  void noDamagedLineAndNoDamagedPatternFails() {
    Random random = new Random(17);
    List<String> seeds = seeds();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] seed = seeds.get(random.nextInt(seeds.size())).getBytes(UTF_8);
      byte[] damaged = Mutations.of(random, seed);
      if (damaged.length > 0) {
        damaged[0] = seed[0];
      }
      ParserFuzzTarget.fuzzerTestOneInput(damaged);
    }
  }

  /** Each sample for the built-in parsers, for the patterns, behind each pattern, and columns. */
  private static List<String> seeds() {
    List<String> seeds = new ArrayList<>();
    for (String line : SampleLines.ALL) {
      seeds.add("\0" + line);
      seeds.add("\1" + line);
    }
    for (int i = 0; i < ParserFuzzTarget.PATTERNS.size(); i++) {
      String line = SampleLines.ALL.get(i % SampleLines.ALL.size());
      seeds.add("\2" + ParserFuzzTarget.PATTERNS.get(i) + "\n" + line);
    }
    ParserFuzzTarget.COLUMNS.forEach(columns -> seeds.add("\3" + columns));
    return seeds;
  }
}

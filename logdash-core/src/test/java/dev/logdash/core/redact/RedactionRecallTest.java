package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.redact.PlantedSecrets.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How many planted secrets are found, and how many lines without one are changed. {@code
 * -Dlogdash.redact.lines=FOLDER} takes the lines of a folder in place of generated ones, and {@code
 * -Dlogdash.redact.print=true} prints the figures; seeds are fixed.
 */
class RedactionRecallTest {

  private static final int SECRETS = 2_000;
  private static final int LINES_OF_A_KIND = 2_000;

  private final Redactor redactor = Redactor.standard();
  private final StringBuilder report = new StringBuilder();

  @Test
  void findsPlantedSecretsOfEachKind() {
    List<String> missed = new ArrayList<>();
    PlantedSecrets.kinds().forEach((name, kind) -> measure(redactor, name, kind, missed));
    PlantedSecrets.byChoice()
        .forEach((name, kind) -> measure(Redactor.withEmail(), name, kind, missed));
    print();

    assertThat(missed).isEmpty();
  }

  @Test
  void findsThemAmongTheWordsOfLines() {
    PlantedSecrets secrets = new PlantedSecrets(22);
    List<String> lines = lines();
    Random random = new Random(23);
    List<String> missed = new ArrayList<>();
    for (String kind :
        List.of(
            "card",
            "IBAN",
            "IBAN in groups",
            "JWT",
            "AWS key",
            "Google key",
            "GitHub token",
            "GitLab token",
            "Slack token",
            "Stripe key")) {
      Kind planted = PlantedSecrets.kinds().get(kind);
      int found = 0;
      for (int i = 0; i < SECRETS; i++) {
        String secret = secrets.value(planted);
        String line = secrets.into(lines.get(random.nextInt(lines.size())), secret);
        if (redact(redactor, line).contains(secret)) {
          missed.add(kind + ": " + line);
        } else {
          found++;
        }
      }
      say("%-24s %7.3f %% found in a line%n", kind, 100.0 * found / SECRETS);
    }
    print();

    // A word of the line may stand before the secret that makes another thing of it: "order_id: ".
    assertThat(missed.size()).as(() -> missed.get(0)).isLessThan(10 * SECRETS / 1_000);
  }

  @Test
  void leavesNearMissesAlone() {
    Random random = new Random(24);
    int changed = 0;
    int all = 0;
    for (Map.Entry<String, Function<Random, String>> kind : NearMisses.kinds().entrySet()) {
      int here = 0;
      for (int i = 0; i < LINES_OF_A_KIND; i++) {
        String line = kind.getValue().apply(random);
        here += redact(redactor, line).equals(line) ? 0 : 1;
      }
      say("%-32s %7.2f of 1,000 changed%n", kind.getKey(), 1_000.0 * here / LINES_OF_A_KIND);
      // A tenth of the 16 digits that begin like a card has a right check digit, too.
      int most = kind.getKey().equals("16 digits") ? 40 : 5;
      assertThat(1_000.0 * here / LINES_OF_A_KIND).as(kind.getKey()).isLessThanOrEqualTo(most);
      changed += here;
      all += LINES_OF_A_KIND;
    }
    say("%-32s %7.2f of 1,000 changed%n", "all", 1_000.0 * changed / all);
    print();

    assertThat(1_000.0 * changed / all).isLessThan(3);
  }

  @Test
  void leavesOrdinaryLinesAlone() {
    List<String> lines = lines();
    List<String> changed = new ArrayList<>();
    for (String line : lines) {
      String redacted = redact(redactor, line);
      if (!redacted.equals(line)) {
        changed.add(redacted);
      }
    }
    say("%d of %,d lines changed: %s%n", changed.size(), lines.size(), first(changed));
    print();

    assertThat(changed.size()).as(() -> changed.get(0)).isLessThanOrEqualTo(lines.size() / 1_000);
  }

  private void measure(Redactor by, String name, Kind kind, List<String> missed) {
    PlantedSecrets secrets = new PlantedSecrets(21);
    int found = 0;
    for (int i = 0; i < SECRETS; i++) {
      String secret = secrets.value(kind);
      String frame = kind.frames().get(i % kind.frames().size());
      String line = String.format(Locale.ROOT, frame, secret);
      if (redact(by, line).contains(secret)) {
        missed.add(name + ": " + line);
      } else {
        found++;
      }
    }
    say("%-24s %7.3f %% of %,d found%n", name, 100.0 * found / SECRETS, SECRETS);
  }

  private static List<String> first(List<String> lines) {
    return lines.subList(0, Math.min(20, lines.size()));
  }

  /** Those of a folder, else the near misses, which are lines too. */
  private static List<String> lines() {
    String folder = System.getProperty("logdash.redact.lines", "");
    if (folder.isEmpty()) {
      Random random = new Random(25);
      return Stream.generate(() -> OrdinaryLines.next(random)).limit(20_000).toList();
    }
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".log")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file, ISO_8859_1));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(String format, Object... values) {
    report.append(String.format(Locale.ROOT, format, values));
  }

  private void print() {
    if (Boolean.getBoolean("logdash.redact.print")) {
      System.out.print(report);
    }
  }

  private static String redact(Redactor by, String line) {
    return new String(by.redact(line.getBytes(ISO_8859_1)), ISO_8859_1);
  }
}

package dev.logdash.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md to the table of settings. */
class ConfigDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final String REWRITE = "logdash.test.rewrite-docs";

  @Test
  void theDocumentIsThatOfTheTable() throws IOException {
    String expected = document();
    if (Boolean.getBoolean(REWRITE)) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, expected);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("stale: mvn test -pl logdash-core -am -Dtest=ConfigDocumentTest -D%s=true", REWRITE)
        .isEqualTo(expected);
  }

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Configuration

        Every setting has a default, so nothing needs to be set. A value may come from four places; of two values for one setting the later place counts:

        1. a YAML file: the one named by `--config FILE` or the variable `LOGDASH_CONFIG`, else `logdash.yaml` in the working directory if there is one;
        2. the environment: `LOGDASH_DATA_DIR` for `logdash.data.dir`;
        3. Java system properties: `-Dlogdash.data.dir=/var/lib/logdash`, for example in `LOGDASH_JAVA_OPTS`;
        4. the command line: `logdash -D logdash.data.dir=/var/lib/logdash import app.log`, or an option of the command such as `--data`.

        In YAML the dots may be levels:

        ```yaml
        logdash:
          data:
            dir: /var/lib/logdash
          retention.max-age: 30d
        ```

        A name that is not in the table, or a value outside its range, ends the start with a message that says which and what was expected.
        Sizes are powers of 1,024, however they are written: `64MB` and `64MiB` are the same.

        Three kinds of settings have names of your own in them: `logdash.parse.source.NAME.match`, `.zone`, `.pattern` and `.format` tell of [sources](patterns.md#sources), `logdash.enrich.lookup.NAME.file` and `.key` are [tables](enrichment.md#tables), and what else is below `logdash.kafka` goes to Kafka's clients.

        """);
    text.append("| setting | default | kind | meaning |\n|---|---|---|---|\n");
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      text.append("| `").append(key.name()).append("` | `").append(key.defaultText());
      text.append("` | ").append(key.type().kind()).append(" | ").append(key.description());
      text.append(" Expected: ").append(key.type().expected()).append(". |\n");
    }
    text.append("\nThis file is made of the table in `dev.logdash.core.config.ConfigKeys` by ");
    text.append("`ConfigDocumentTest`, which also fails when it is stale.\n");
    return text.toString();
  }
}

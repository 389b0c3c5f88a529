package dev.logdash.core.enrich;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupTablesTest {

  @TempDir private Path folder;

  @Test
  void addsTheFieldsOfTheRow() throws IOException {
    EnricherChain chain =
        chain(
            "hosts",
            """
            host.hostname,team,data.center,service.name
            web-1,"shop, front",ams,checkout

            db-1,,fra,"say ""db\"""
            """);

    LogEvent web = chain.enrich(event("web-1").build());
    LogEvent db = chain.enrich(event("db-1").service("own").build());

    assertThat(web.attributes().text("team")).isEqualTo("shop, front");
    assertThat(web.attributes().text("data.center")).isEqualTo("ams");
    assertThat(web.service()).isEqualTo("checkout");
    assertThat(db.attributes().get("team")).isNull();
    assertThat(db.attributes().text("data.center")).isEqualTo("fra");
    assertThat(db.service()).isEqualTo("own");
  }

  @Test
  void keepsWhatTheEventSays() throws IOException {
    EnricherChain chain = chain("hosts", "host.hostname,team\nweb-1,shop\n");
    LogEvent event =
        LogEvent.builder("e")
            .attributes(
                Attributes.builder().put("host.hostname", "web-1").put("team", "mine").build())
            .build();

    assertThat(chain.enrich(event)).isEqualTo(event);
  }

  @Test
  void leavesEventsAloneThatNoRowHas() throws IOException {
    EnricherChain chain = chain("hosts", "host.hostname,team\nweb-1,shop\n");
    LogEvent other = event("web-2").build();
    LogEvent without = LogEvent.builder("e").build();

    assertThat(chain.enrich(other)).isEqualTo(other);
    assertThat(chain.enrich(without)).isEqualTo(without);
  }

  @Test
  void looksUpTheFieldThatIsNamed() throws IOException {
    Path file = write("id,meaning\n404,not found\n");
    EnricherChain chain =
        new EnricherChain(
            of(
                Map.of(
                    "logdash.enrich.lookup.codes.file",
                    file.toString(),
                    "logdash.enrich.lookup.codes.key",
                    "error.code")));
    LogEvent event =
        LogEvent.builder("e")
            .attributes(Attributes.builder().put("error.code", 404).build())
            .build();

    assertThat(chain.enrich(event).attributes().text("meaning")).isEqualTo("not found");
  }

  @Test
  void looksUpServiceAndSource() throws IOException {
    Path file = write("service.name,team\nshop,a\n");
    Path sources = write("log.source,place\n/var/a.log,b\n");
    EnricherChain chain =
        new EnricherChain(
            of(
                Map.of(
                    "logdash.enrich.lookup.a.file", file.toString(),
                    "logdash.enrich.lookup.b.file", sources.toString())));

    Attributes added =
        chain
            .enrich(LogEvent.builder("e").service("shop").source("/var/a.log").build())
            .attributes();

    assertThat(added).isEqualTo(Attributes.builder().put("team", "a").put("place", "b").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | it is empty
          host\\n                   | line 1: a table has 2 to 64 columns
          host,team,team\\n         | line 1: a column needs a name of its own
          host,\\n                  | line 1: a column needs a name of its own
          host,message\\n           | line 1: message is a part of the event itself
          host,team\\na,b\\nc\\n    | line 3: 1 values for 2 columns
          host,team\\na,b\\n\\na,c  | line 4: the key 'a' is there twice
          host,team\\n,b\\n         | line 2: the key is empty
          host,team\\na,"b\\nc      | line 2: a quote is not closed
          host,team\\na,"b"c\\n     | line 2: text behind a closing quote
          host,team\\na,b"c\\n      | line 2: a quote inside of a value
          """)
  void saysWhereATableIsWrong(String text, String problem) throws IOException {
    Path file = write(text.replace("\\n", "\n"));

    assertThatThrownBy(() -> of(Map.of("logdash.enrich.lookup.hosts.file", file.toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logdash.enrich.lookup.hosts.file = " + file)
        .hasMessageContaining(problem);
  }

  @Test
  void saysWhichSettingIsWrong() {
    Map<String, String> settings = new HashMap<>();
    settings.put("logdash.enrich.lookup.hosts.fil", "a.csv");
    settings.put("logdash.enrich.lookup.codes.key", "error.code");
    settings.put("logdash.enrich.lookup.gone.file", folder.resolve("no.csv").toString());

    assertThatThrownBy(() -> of(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logdash.enrich.lookup.hosts.fil: expected")
        .hasMessageContaining("there is no codes.file beside it")
        .hasMessageContaining("there is no such file");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.writeString(file, "host,team\na,\u00fc\n", ISO_8859_1);

    assertThatThrownBy(() -> of(Map.of("logdash.enrich.lookup.a.file", file.toString())))
        .hasMessageContaining("it is not UTF-8");
  }

  @Test
  void refusesMoreRowsThanMemoryIsMeantFor() {
    StringBuilder text = new StringBuilder("k,v\n");
    for (int i = 0; i <= 200_000; i++) {
      text.append(i).append(",x\n");
    }

    assertThatThrownBy(() -> LookupFile.parse(text.toString()))
        .hasMessageContaining("line 200002: a table has at most 200000 rows");
  }

  private EnricherChain chain(String name, String text) throws IOException {
    return new EnricherChain(
        of(Map.of("logdash.enrich.lookup." + name + ".file", write(text).toString())));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "table", ".csv"), text);
  }

  private static List<NamedEnricher> of(Map<String, String> settings) {
    return Enrichers.of(LogdashConfig.of(List.of(new ConfigSource("test", settings))));
  }

  private static LogEvent.Builder event(String host) {
    return LogEvent.builder("e")
        .attributes(Attributes.builder().put("host.hostname", host).build());
  }
}

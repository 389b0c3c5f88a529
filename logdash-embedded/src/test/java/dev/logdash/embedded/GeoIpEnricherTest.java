package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.enrich.EnricherChain;
import dev.logdash.core.enrich.NamedEnricher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeoIpEnricherTest {

  private static final Map<String, Object> DELFT =
      Map.of(
          "continent", Map.of("code", "EU"),
          "country", Map.of("iso_code", "NL", "names", Map.of("en", "Netherlands", "de", "x")),
          "subdivisions", List.of(Map.of("iso_code", "ZH", "names", Map.of("en", "South Holland"))),
          "city", Map.of("names", Map.of("en", "Delft")),
          "location",
              Map.of("latitude", 52.01, "longitude", 4.36, "time_zone", "Europe/Amsterdam"));

  private static final Map<String, Object> NETWORK =
      Map.of("autonomous_system_number", 64_500L, "autonomous_system_organization", "Example");

  @TempDir private Path folder;

  @Test
  void saysWhereAnAddressIs() throws IOException {
    EnricherChain chain = chain(new MaxMindFile(6).add("192.0.2.0", 24, DELFT));

    Attributes enriched = enrich(chain, "source.ip", "192.0.2.7");

    assertThat(enriched)
        .isEqualTo(
            Attributes.builder()
                .put("source.ip", "192.0.2.7")
                .put("source.geo.continent_code", "EU")
                .put("source.geo.country_iso_code", "NL")
                .put("source.geo.country_name", "Netherlands")
                .put("source.geo.region_name", "South Holland")
                .put("source.geo.region_iso_code", "NL-ZH")
                .put("source.geo.city_name", "Delft")
                .put("source.geo.timezone", "Europe/Amsterdam")
                .put("source.geo.location.lat", 52.01)
                .put("source.geo.location.lon", 4.36)
                .build());
  }

  @Test
  void readsAddressesOfBothKindsAndSides() throws IOException {
    EnricherChain chain =
        chain(
            new MaxMindFile(6)
                .add("2001:db8::", 32, Map.of("country", Map.of("iso_code", "SE")))
                .add("198.51.100.0", 25, Map.of("country", Map.of("iso_code", "NO"))));

    assertThat(enrich(chain, "client.ip", "2001:db8::1").text("client.geo.country_iso_code"))
        .isEqualTo("SE");
    assertThat(enrich(chain, "source.ip", "198.51.100.9").text("source.geo.country_iso_code"))
        .isEqualTo("NO");
    assertThat(enrich(chain, "source.ip", "198.51.100.129").size()).isEqualTo(1);
  }

  @Test
  void joinsDatabases() throws IOException {
    EnricherChain chain =
        chain(
            new MaxMindFile(4).add("192.0.2.0", 24, DELFT),
            new MaxMindFile(4).add("192.0.2.0", 24, NETWORK));

    Attributes enriched = enrich(chain, "source.ip", "192.0.2.7");

    assertThat(enriched.text("source.geo.city_name")).isEqualTo("Delft");
    assertThat(enriched.get("source.as.number")).isEqualTo(64_500L);
    assertThat(enriched.text("source.as.organization.name")).isEqualTo("Example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "a.example",
        "dead.beef",
        "192.0.2",
        "192.0.2.7.1",
        "192.0.2.256",
        "192.0.2.",
        "::g",
        "fe80::1%eth0",
        "2001:db8::1",
        ":::",
        "1:2"
      })
  void leavesWhatIsNoAddressAlone(String text) throws IOException {
    EnricherChain chain = chain(new MaxMindFile(4).add("192.0.2.0", 24, DELFT));

    assertThat(enrich(chain, "source.ip", text).size()).isEqualTo(1);
    assertThat(chain.failures()).containsEntry("geoip", 0L);
  }

  @Test
  void goesOnWithoutWhatIsDamaged() throws IOException {
    byte[] bytes = new MaxMindFile(4).add("192.0.2.0", 24, DELFT).bytes();
    // The first row, behind 24 nodes of 6 bytes and 16 bytes: a pointer to nowhere.
    bytes[24 * 6 + 16] = 0x38;
    EnricherChain chain = chain(write(bytes));

    assertThat(enrich(chain, "source.ip", "192.0.2.7").size()).isEqualTo(1);
    assertThat(chain.failures()).containsEntry("geoip", 1L);
  }

  @Test
  void saysWhichFileIsNoDatabase() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mmdb"), "no database");
    Path gone = folder.resolve("gone.mmdb");

    assertThatThrownBy(() -> chain(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logdash.enrich.geoip.database = " + text);
    assertThatThrownBy(() -> chain(gone))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logdash.enrich.geoip.database = " + gone);
  }

  private EnricherChain chain(MaxMindFile... databases) throws IOException {
    Path[] files = new Path[databases.length];
    for (int i = 0; i < files.length; i++) {
      files[i] = write(databases[i].bytes());
    }
    return chain(files);
  }

  private static EnricherChain chain(Path... files) {
    String joined = String.join(", ", List.of(files).stream().map(Path::toString).toList());
    ConfigSource source = new ConfigSource("test", Map.of("logdash.enrich.geoip.database", joined));
    List<NamedEnricher> enrichers = Enrichment.of(LogdashConfig.of(List.of(source)));
    return new EnricherChain(enrichers);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "geo", ".mmdb"), bytes);
  }

  private static Attributes enrich(EnricherChain chain, String name, String value) {
    Attributes given = Attributes.builder().put(name, value).build();
    return chain.enrich(LogEvent.builder("e").attributes(given).build()).attributes();
  }
}

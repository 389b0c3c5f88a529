package dev.logdash.core.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichersTest {

  @TempDir private Path folder;

  @Test
  void worksInAFixedOrder() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\nc,d\n");

    List<NamedEnricher> all =
        of(
            Map.of(
                "logdash.enrich.lookup.zoo.file",
                table.toString(),
                "logdash.enrich.lookup.ants.file",
                table.toString(),
                "logdash.enrich.service",
                "shop",
                "logdash.enrich.user-agent",
                "true"));

    assertThat(all)
        .extracting(NamedEnricher::name)
        .containsExactly(
            "trace",
            "identity",
            "service",
            "user-agent",
            "fingerprint",
            "lookup-ants",
            "lookup-zoo");
  }

  @Test
  void doesWithoutWhatIsSwitchedOff() {
    List<NamedEnricher> none =
        of(
            Map.of(
                "logdash.enrich.trace", "false",
                "logdash.enrich.identity", "false",
                "logdash.enrich.fingerprint", "false"));

    assertThat(none).isEmpty();
    assertThat(of(Map.of()))
        .extracting(NamedEnricher::name)
        .containsExactly("trace", "identity", "fingerprint");
  }

  @Test
  void givesTheFormLastUnlessItIsSwitchedOff() {
    assertThat(last(Map.of())).extracting(NamedEnricher::name).containsExactly("form");
    assertThat(last(Map.of("logdash.enrich.form", "false"))).isEmpty();
  }

  @Test
  void namesTheServiceThatNothingElseNames() {
    EnricherChain chain = new EnricherChain(of(Map.of("logdash.enrich.service", "shop")));
    Attributes pod = Attributes.builder().put("kubernetes.labels.app", "cart").build();

    assertThat(chain.enrich(LogEvent.builder("e").build()).service()).isEqualTo("shop");
    assertThat(chain.enrich(LogEvent.builder("e").service("own").build()).service())
        .isEqualTo("own");
    assertThat(chain.enrich(LogEvent.builder("e").attributes(pod).build()).service())
        .isEqualTo("cart");
  }

  @Test
  void findsThoseOfLibrariesInTheOrderOfTheirNames() throws IOException {
    try (URLClassLoader libraries = providing(Second.class.getName(), First.class.getName())) {
      assertThat(Enrichers.provided(libraries))
          .extracting(NamedEnricher::name)
          .containsExactly("EnrichersTest$First", "EnrichersTest$Second");
    }
  }

  @Test
  void saysWhichLibraryCannotBeUsed() throws IOException {
    try (URLClassLoader libraries = providing("gone.Away")) {
      assertThatThrownBy(() -> Enrichers.provided(libraries))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("gone.Away");
    }
  }

  private URLClassLoader providing(String... names) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(Enricher.class.getName()), List.of(names));
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, EnrichersTest.class.getClassLoader());
  }

  private static List<NamedEnricher> last(Map<String, String> settings) {
    return Enrichers.last(LogdashConfig.of(List.of(new ConfigSource("test", settings))));
  }

  private static List<NamedEnricher> of(Map<String, String> settings) {
    return Enrichers.of(LogdashConfig.of(List.of(new ConfigSource("test", settings))));
  }

  /** Provided by a library. */
  public static final class First implements Enricher {
    @Override
    public LogEvent enrich(LogEvent event) {
      return event;
    }
  }

  /** Provided by a library. */
  public static final class Second implements Enricher {
    @Override
    public LogEvent enrich(LogEvent event) {
      return event;
    }
  }
}

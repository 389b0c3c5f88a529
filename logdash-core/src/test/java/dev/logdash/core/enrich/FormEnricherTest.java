package dev.logdash.core.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormEnricherTest {

  private final FormEnricher enricher = new FormEnricher();

  @Test
  void tellsFormsApartAndNotTheirValues() {
    assertThat(form("took 12 ms")).isEqualTo(form("took 7 ms"));
    assertThat(form("took 12 ms\nat a.B")).isEqualTo(form("took 12 ms"));
    assertThat(form("took 12 ms")).isNotEqualTo(form("took 12 s of"));
    assertThat(form("took 12 ms")).isNotEqualTo(form("Took 12 ms"));
  }

  // Stored events are found by these; another value would tear their statements apart.
  @Test
  void givesWhatItAlwaysGave() {
    assertThat(form("user ada logged in from 10.0.0.1")).isEqualTo("e824fd31accc");
    assertThat(form("ready")).isEqualTo("d59184affd55");
    assertThat(formOf(with("order 7", "log.template", "order {}"))).isEqualTo("a25a7d991508");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "took 12 ms", "\uD800 half a pair", "{\"a\":1}", "-", "ü"})
  void givesAnIdThatIsNoNumber(String message) {
    assertThat(form(message)).matches("[a-f][0-9a-f]{11}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t \n"})
  void givesNothingToAnEventWithoutText(String message) {
    LogEvent event = LogEvent.builder("e").message(message).build();

    assertThat(enricher.enrich(event)).isSameAs(event);
  }

  @Test
  void goesByTheTemplateThatAnEventBrings() {
    String form = formOf(with("order 7 of ada", "log.template", "order {} of {}"));

    assertThat(formOf(with("order 8 of ken", "log.template", "order {} of {}"))).isEqualTo(form);
    assertThat(formOf(with("order 7 of ada", "log.template", "order {} from {}")))
        .isNotEqualTo(form);
    assertThat(form("order {} of {}")).isNotEqualTo(form);
  }

  @Test
  void leavesTheLinesOfAccessLogsToTheirRoutes() {
    LogEvent line = request("10.0.0.1 - - \"GET /users/5 HTTP/1.1\" 200 17");
    LogEvent words = request("request completed");

    assertThat(enricher.enrich(line)).isSameAs(line);
    assertThat(formOf(words)).isEqualTo(form("request completed"));
  }

  @Test
  void replacesWhatTheSenderSays() {
    LogEvent event =
        LogEvent.builder("e")
            .message("ready")
            .attributes(
                Attributes.builder()
                    .put("log.form", List.of("a", "b"))
                    .put("text", "t")
                    .put("whole", 7)
                    .put("part", 0.5)
                    .put("flag", true)
                    .put("list", List.of("x", "y"))
                    .build())
            .build();

    assertThat(enricher.enrich(event).attributes())
        .isEqualTo(
            Attributes.builder()
                .put("log.form", form("ready"))
                .put("text", "t")
                .put("whole", 7)
                .put("part", 0.5)
                .put("flag", true)
                .put("list", List.of("x", "y"))
                .build());
    LogEvent empty = with("", "log.form", "mine");
    assertThat(enricher.enrich(empty).attributes()).isEqualTo(Attributes.empty());
  }

  @Test
  void changesNothingWhenAskedAgain() {
    LogEvent once = enricher.enrich(LogEvent.builder("e").message("took 12 ms").build());

    assertThat(enricher.enrich(once)).isSameAs(once);
    assertThat(new FormEnricher().enrich(once)).isSameAs(once);
  }

  @Test
  void servesManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Set<String>> work =
          () -> {
            Set<String> forms = new HashSet<>();
            for (int i = 0; i < 2_000; i++) {
              forms.add(form("order " + i + " of user" + i + " took " + i + " ms"));
            }
            return forms;
          };
      Set<String> all = new HashSet<>();
      for (var found : threads.invokeAll(List.of(work, work, work, work))) {
        all.addAll(found.get());
      }
      assertThat(all).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static LogEvent request(String message) {
    return LogEvent.builder("e")
        .message(message)
        .attributes(
            Attributes.builder()
                .put(EcsFields.HTTP_METHOD, "GET")
                .put(EcsFields.URL_PATH, "/users/5")
                .put(EcsFields.HTTP_STATUS, 200)
                .put(EcsFields.HTTP_ROUTE, "/users/{id}")
                .build())
        .build();
  }

  private static LogEvent with(String message, String name, String value) {
    return LogEvent.builder("e")
        .message(message)
        .attributes(Attributes.builder().put(name, value).build())
        .build();
  }

  private String form(String message) {
    return formOf(LogEvent.builder("e").message(message).build());
  }

  private String formOf(LogEvent event) {
    return enricher.enrich(event).attributes().text("log.form");
  }
}

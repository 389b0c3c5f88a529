package dev.logdash.core.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.ingest.Enricher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnricherChainTest {

  private static final LogEvent EVENT =
      LogEvent.builder("e1")
          .timestampNanos(5)
          .observedNanos(7)
          .dataset("default")
          .producer("p")
          .seq(3)
          .message("hello")
          .build();

  @Test
  void worksInTheOrderGiven() {
    EnricherChain chain =
        chain(adding("order", "first"), adding("order", "second"), adding("b", "x"));

    LogEvent enriched = chain.enrich(EVENT);

    assertThat(enriched.attributes().text("order")).isEqualTo("first");
    assertThat(enriched.attributes().text("b")).isEqualTo("x");
    assertThat(chain.failures()).containsExactly(Map.entry("test", 0L));
  }

  @ParameterizedTest
  @MethodSource
  void goesOnWithoutAnEnricherThatFails(UnaryOperator<LogEvent> failing) {
    EnricherChain chain =
        new EnricherChain(
            List.of(
                new NamedEnricher("before", adding("a", "1")),
                new NamedEnricher("bad", failing::apply),
                new NamedEnricher("after", adding("b", "2"))));

    LogEvent enriched = chain.enrich(EVENT);

    assertThat(enriched)
        .isEqualTo(
            EVENT.toBuilder()
                .attributes(Attributes.builder().put("a", "1").put("b", "2").build())
                .build());
    assertThat(chain.failures()).containsEntry("bad", 1L).containsEntry("before", 0L);
  }

  static Stream<Arguments> goesOnWithoutAnEnricherThatFails() {
    return Stream.of(
        failing("throws", event -> throwing()),
        failing("recurses without end", EnricherChainTest::endless),
        failing("misses a class", event -> missing()),
        failing("gives nothing", event -> null),
        failing("changes the time", event -> event.toBuilder().timestampNanos(6).build()),
        failing("changes the reception", event -> event.toBuilder().observedNanos(6).build()),
        failing("changes the dataset", event -> event.toBuilder().dataset("other").build()),
        failing(
            "changes the origin", event -> event.toBuilder().origin(new Origin("q", 0, 3)).build()),
        failing("changes the sequence", event -> event.toBuilder().seq(4).build()),
        failing("changes the id", event -> LogEvent.builder("e2").build()),
        failing("adds a name that no store takes", event -> with(event, "n".repeat(600))),
        failing("adds too much", EnricherChainTest::withTooMany));
  }

  @Test
  void leavesAnEventAloneThatNoStoreTakesAnyway() {
    LogEvent refused = EVENT.toBuilder().dataset("NOT A DATASET").build();
    EnricherChain chain = chain(adding("a", "1"));

    LogEvent enriched = chain.enrich(refused);

    assertThat(enriched.attributes().text("a")).isEqualTo("1");
    assertThat(chain.failures()).containsEntry("test", 0L);
  }

  @Test
  void countsTogetherWhatHasOneName() {
    Enricher bad = event -> throwing();
    EnricherChain chain = chain(bad, bad);

    LogEvent unused = chain.enrich(chain.enrich(EVENT));

    assertThat(unused).isEqualTo(EVENT);
    assertThat(chain.failures()).containsEntry("test", 4L);
  }

  @Test
  void aLambdaHasTheNameOfTheClassAroundIt() {
    assertThat(NamedEnricher.of(event -> event).name()).isEqualTo("EnricherChainTest");
    assertThat(NamedEnricher.of(new TraceEnricher()).name()).isEqualTo("TraceEnricher");
  }

  private static Arguments failing(String name, UnaryOperator<LogEvent> enricher) {
    return Arguments.argumentSet(name, enricher);
  }

  private static EnricherChain chain(Enricher... enrichers) {
    List<NamedEnricher> named = new ArrayList<>();
    for (Enricher enricher : enrichers) {
      named.add(new NamedEnricher("test", enricher));
    }
    return new EnricherChain(named);
  }

  private static Enricher adding(String name, String value) {
    return event ->
        event.toBuilder()
            .attributes(event.attributes().toBuilder().put(name, value).build())
            .build();
  }

  private static LogEvent with(LogEvent event, String name) {
    return adding(name, "x").enrich(event);
  }

  private static LogEvent withTooMany(LogEvent event) {
    Attributes.Builder attributes = event.attributes().toBuilder();
    for (int i = 0; i < 4_200; i++) {
      attributes.put("n" + i, i);
    }
    return event.toBuilder().attributes(attributes.build()).build();
  }

  private static LogEvent throwing() {
    throw new IllegalStateException("broken");
  }

  private static LogEvent missing() {
    throw new NoClassDefFoundError("a/b/C");
  }

  private static LogEvent endless(LogEvent event) {
    return endless(event.toBuilder().build());
  }
}

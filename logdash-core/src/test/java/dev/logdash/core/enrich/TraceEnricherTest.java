package dev.logdash.core.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceEnricherTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

  @ParameterizedTest
  @ValueSource(strings = {"traceparent", "http.request.headers.traceparent", "Traceparent"})
  void readsAField(String name) {
    LogEvent event = enrich("m", Attributes.builder().put(name, PARENT).build());

    assertThat(event.traceId()).isEqualTo(TRACE);
    assertThat(event.spanId()).isEqualTo(SPAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PARENT,
        "calling payment with traceparent: " + PARENT,
        "2026-01-02 header [" + PARENT + "] taken",
        "a-b-c-" + "x " + PARENT + "."
      })
  void findsItInTheMessage(String message) {
    LogEvent event = enrich(message, Attributes.empty());

    assertThat(event.traceId()).isEqualTo(TRACE);
    assertThat(event.spanId()).isEqualTo(SPAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "nothing here",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "x" + PARENT,
        PARENT + "-00",
        PARENT + "f",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-0"
      })
  void leavesOtherTextAlone(String message) {
    assertThat(enrich(message, Attributes.empty()).traceId()).isEmpty();
  }

  @Test
  void aLaterVersionMayHaveMoreAtTheEndOfAField() {
    assertThat(TraceParent.parse("01-" + TRACE + "-" + SPAN + "-01-more")).isNotNull();
    assertThat(TraceParent.parse(PARENT + "-more")).isNull();
  }

  @Test
  void keepsATraceThatIsThere() {
    LogEvent event = LogEvent.builder("e").traceId("abc").message(PARENT).build();

    LogEvent enriched = new TraceEnricher().enrich(event);

    assertThat(enriched).isEqualTo(event);
  }

  @Test
  void addsTheSpanToTheSameTrace() {
    LogEvent event = LogEvent.builder("e").traceId(TRACE).message(PARENT).build();

    assertThat(new TraceEnricher().enrich(event).spanId()).isEqualTo(SPAN);
  }

  private static LogEvent enrich(String message, Attributes attributes) {
    return new TraceEnricher()
        .enrich(LogEvent.builder("e").message(message).attributes(attributes).build());
  }
}

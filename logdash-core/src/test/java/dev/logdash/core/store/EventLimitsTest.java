package dev.logdash.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.tck.LogEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLimitsTest {

  @Test
  void takesWhatIsAtTheLimitAndRefusesWhatIsBeyond() {
    assertThat(EventLimits.refusal(withId("é".repeat(256)))).isNull();
    assertThat(EventLimits.refusal(withId("é".repeat(256) + "x"))).contains("id");
    assertThat(EventLimits.refusal(withId("🚀".repeat(128)))).isNull();
    assertThat(EventLimits.refusal(withId("🚀".repeat(129)))).contains("id");

    assertThat(refusal(attributes(EventLimits.MAX_ATTRIBUTES))).isNull();
    assertThat(refusal(attributes(EventLimits.MAX_ATTRIBUTES + 1))).contains("attributes");
    assertThat(refusal(Attributes.builder().put("n".repeat(513), 1).build())).contains("name");

    String half = "x".repeat(EventLimits.MAX_TEXT / 2 - 100);
    assertThat(refusal(Attributes.builder().put("a", half).put("b", half).build())).isNull();
    assertThat(refusal(Attributes.builder().put("a", List.of(half, half, half)).build()))
        .contains("characters");
  }

  @Test
  void refusesDatasetsThatCouldNotNameAFolderOrAnIndex() {
    for (String name : List.of("default", "a", "0_-z", "a".repeat(64))) {
      assertThat(refusal(name)).as(name).isNull();
    }
    for (String name : List.of("", "A", "..", "a/b", "a.b", "-a", "a*", "a".repeat(65), "é")) {
      assertThat(refusal(name)).as(name).contains("dataset");
    }
  }

  @Test
  void namesTheIndexByTheDayOfReception() {
    LogEvent event =
        LogEvents.event(1).timestampNanos(0).observedNanos(LogEvents.NOON + LogEvents.DAY).build();

    assertThat(DayIndex.of(event).name()).isEqualTo("logdash-default-2026.11.24");
  }

  private static String refusal(String dataset) {
    return EventLimits.refusal(LogEvents.event(1).dataset(dataset).build());
  }

  private static String refusal(Attributes attributes) {
    return EventLimits.refusal(LogEvents.event(1).attributes(attributes).build());
  }

  private static LogEvent withId(String id) {
    return LogEvent.builder(id).build();
  }

  private static Attributes attributes(int count) {
    Attributes.Builder attributes = Attributes.builder();
    for (int i = 0; i < count; i++) {
      attributes.put("a" + i, i);
    }
    return attributes.build();
  }
}

package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.tck.LogEvents;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextTest {

  @Test
  void givesEveryBitBack() {
    for (LogEvent event : new EventGenerator(7).events(2_000)) {
      assertThat(EventText.read(text(event))).isEqualTo(event);
    }
  }

  @Test
  void keepsTheTypesOfNumbersAndWhatIsNoCharacter() {
    LogEvent event =
        LogEvents.event(1)
            .message("half \ud83d and the other \ude80, é")
            .attributes(
                Attributes.builder()
                    .put("whole", 500.0)
                    .put("minus zero", -0.0)
                    .put("tiny", Double.MIN_VALUE)
                    .put("huge", Double.MAX_VALUE)
                    .put("long", Long.MIN_VALUE)
                    .put("half \udc00", List.of("", "\ud800"))
                    .build())
            .build();

    assertThat(EventText.read(text(event))).isEqualTo(event);
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    assertThatThrownBy(() -> EventText.read("[2]")).hasMessageContaining("version 2");
  }

  /** The text of an event, as it comes back out of a document. */
  private static String text(LogEvent event) {
    JsonBytes json = new JsonBytes(64);
    json.raw('"');
    json.text(EventText.of(event));
    json.raw('"');
    return Answer.read(Arrays.copyOf(json.array(), json.length())).text();
  }
}

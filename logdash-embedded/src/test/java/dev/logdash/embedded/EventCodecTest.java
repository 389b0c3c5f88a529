package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.tck.LogEvents;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class EventCodecTest {

  @Test
  void givesBackWhatItWasGiven() {
    for (LogEvent event : new EventGenerator(3).events(3_000)) {
      assertThat(EventCodec.decode(encode(event), event.dataset())).isEqualTo(event);
    }
  }

  @Test
  void keepsHalvesOfCharacters() {
    LogEvent event = LogEvents.event(1).message("a\uD800b?\uDC00").service("😀\uDBFF").build();

    assertThat(EventCodec.decode(encode(event), "default")).isEqualTo(event);
  }

  @Test
  void refusesBytesThatEndTooEarly() {
    BytesRef whole = encode(LogEvents.error(1, "broken pipe"));

    for (int length = 0; length < whole.length; length++) {
      BytesRef part = new BytesRef(whole.bytes, whole.offset, length);
      assertThatThrownBy(() -> EventCodec.decode(part, "default"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static BytesRef encode(LogEvent event) {
    Bytes bytes = new Bytes(8);
    EventCodec.encode(event, bytes);
    return new BytesRef(bytes.toByteArray());
  }
}

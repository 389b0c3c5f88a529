package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.Severity;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.tck.LogEvents;
import java.util.HexFormat;
import java.util.Map;
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

  @Test
  void readsTheFirstVersion() {
    byte[] stored =
        HexFormat.of()
            .parseHex(
                "01046964" // id
                    + "e807d00f" // time, observed a second later
                    + "027002" // producer, seq
                    + "11" // severity
                    + "0a4552524f52" // severity text
                    + "027300" // service, source
                    + "0c62726f6b656e" // message
                    + "04616200" // trace id, span id
                    + "02" // attributes
                    + "0261000262" // a: "b"
                    + "0263010e"); // c: 7

    LogEvent event = EventCodec.decode(new BytesRef(stored), "default");

    assertThat(event)
        .isEqualTo(
            LogEvent.builder("id")
                .timestampNanos(1_000)
                .observedNanos(2_000)
                .producer("p")
                .seq(1)
                .severity(Severity.of(17))
                .severityText("ERROR")
                .service("s")
                .message("broken")
                .traceId("ab")
                .attributes(Attributes.builder().put("a", "b").put("c", 7L).build())
                .build());
  }

  @Test
  void keepsWhatFollowsFromOtherParts() {
    RawRecord record =
        new RawRecord(
            Origin.ofProducer(77, 1, 12),
            0,
            LogEvents.NOON,
            "default",
            "",
            Map.of(),
            new byte[0],
            0,
            0);
    LogEvent event =
        LogEvent.builder(record.eventId())
            .origin(record.origin())
            .timestampNanos(LogEvents.NOON - 5)
            .observedNanos(LogEvents.NOON)
            .message("GET /orders/7 curl/7.1")
            .traceId("0af7651916cd43dd8448eb211c80319c")
            .spanId("B7AD6B7169203331")
            .attributes(
                Attributes.builder()
                    .put("url.path", "/orders/7")
                    .put("user_agent.original", "curl/7.1")
                    .put("my.own", "elsewhere")
                    .build())
            .build();

    BytesRef stored = encode(event);

    assertThat(EventCodec.decode(stored, "default")).isEqualTo(event);
    assertThat(stored.length).isLessThan(130);
  }

  @Test
  void keepsAnIdOfItsOwn() {
    LogEvent event = LogEvents.event(1).message("x").build();
    LogEvent own =
        LogEvent.builder("mine")
            .producer(event.producer())
            .seq(event.seq())
            .timestampNanos(event.timestampNanos())
            .observedNanos(event.observedNanos())
            .build();

    assertThat(EventCodec.decode(encode(own), "default")).isEqualTo(own);
  }

  private static BytesRef encode(LogEvent event) {
    Bytes bytes = new Bytes(8);
    EventCodec.encode(event, bytes);
    return new BytesRef(bytes.toByteArray());
  }
}

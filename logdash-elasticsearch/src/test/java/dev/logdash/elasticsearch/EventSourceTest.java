package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import org.junit.jupiter.api.Test;

class EventSourceTest {

  @Test
  void passesOverWhatALaterVersionKeepsBesideTheEvent() {
    String source =
        "{\"t\":5,\"@timestamp\":0,\"p\":\"p\",\"q\":1,\"ds3\":\"default\",\"o\":6,\"message\":\"m\","
            + "\"cart\":\"c-9\",\"n_event_duration\":1,\"b2_event_duration\":2,\"v\":[\"x\"]}";

    LogEvent event = EventSource.read("id", Answer.read(source.getBytes(UTF_8)));

    assertThat(event.message()).isEqualTo("m");
    assertThat(event.attributes()).isEqualTo(Attributes.builder().put("cart", "c-9").build());
  }
}

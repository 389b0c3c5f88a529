package dev.logdash.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {

  @Test
  void keepsEveryPartOfAnEvent() throws Exception {
    LogEvent event =
        LogEvent.builder("id")
            .dataset("audit")
            .timestampNanos(1)
            .observedNanos(2)
            .producer("p")
            .seq(-3)
            .severity(Severity.FATAL4)
            .severityText("EMERG")
            .service("s")
            .source("file")
            .message("zażółć\0日本 😀")
            .traceId("t")
            .spanId("u")
            .attributes(
                Attributes.builder()
                    .put("text", "a")
                    .put("long", Long.MIN_VALUE)
                    .put("double", 0.1)
                    .put("boolean", true)
                    .put("texts", List.of("", "b"))
                    .build())
            .build();

    byte[] message = LiveMessages.encode(new LiveMessages.News("me", 7, List.of(event)));

    assertThat(LiveMessages.decodeNews(message))
        .isEqualTo(new LiveMessages.News("me", 7, List.of(event)));
  }

  @Test
  void keepsEveryKindOfFilter() throws Exception {
    Filter filter =
        new Filter.And(
            List.of(
                new Filter.Or(List.of(Filter.ALL, new Filter.Phrase("", "a b"))),
                new Filter.Not(new Filter.TokenPattern("f", "a*")),
                new Filter.Equal("f", "v"),
                new Filter.ValuePattern("f", "?"),
                new Filter.Range("f", new Filter.Bound("1", true), Filter.Bound.NONE),
                new Filter.Near("", "a b", 3),
                new Filter.Alike("f", "ab", 1),
                new Filter.AnyField("f.*", new Filter.Equal(Filter.EACH_FIELD, "v")),
                new Filter.Exists("f")));
    LogQuery query =
        LogQuery.builder().dataset("d").filter(filter).scope(new Filter.Exists("s")).build();

    LiveMessages.Tails tails =
        LiveMessages.decodeTails(LiveMessages.encode("me", true, List.of(query)));

    assertThat(tails.instance()).isEqualTo("me");
    assertThat(tails.question()).isTrue();
    assertThat(tails.queries().get(0).dataset()).isEqualTo("d");
    assertThat(tails.queries().get(0).filter()).isEqualTo(filter);
    assertThat(tails.queries().get(0).scope()).isEqualTo(new Filter.Exists("s"));
  }

  @Test
  void endsInAnErrorOrAResultWhateverTheBytesAre() throws Exception {
    Random random = new Random(20_261_128);
    LogEvent event =
        LogEvent.builder("id").attributes(Attributes.builder().put("a", "b").build()).build();
    byte[] news = LiveMessages.encode(new LiveMessages.News("me", 7, List.of(event)));
    byte[] tails = LiveMessages.encode("me", true, List.of(LogQuery.builder().build()));
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = (i % 2 == 0 ? news : tails).clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        if (i % 2 == 0) {
          LiveMessages.decodeNews(bytes);
        } else {
          LiveMessages.decodeTails(bytes);
        }
      } catch (IOException | IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}

package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody else finds in the indices, who asks the server as Kibana does. */
class ReadableDocumentsTest {

  private static final LogEvent EVENT =
      LogEvents.event(1)
          .message("Timeout after 30 s in order 17")
          .service("shop")
          .attributes(
              Attributes.builder().put("http.response.status_code", 503).put("cart", "c-9").build())
          .build();

  private final String prefix = TestServer.prefix();
  private final ElasticsearchLogStore store =
      TestServer.store(TestServer.url(), prefix, MutableClock.atNoon()).build();

  @BeforeEach
  void append() {
    List<LogEvent> events = List.of(EVENT, LogEvents.event(2).service("mail").build());
    store.append(LogEvents.batch(events)).block(Duration.ofSeconds(60));
    TestServer.send("POST", "/" + prefix + "logdash-*/_refresh", "");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void showsTheFieldsOfAnEventUnderTheirNames() {
    Answer source =
        search("{\"query\":{\"term\":{\"service.name\":\"shop\"}}}")
            .at("hits", "hits")
            .elements()
            .get(0)
            .at("_source");

    assertThat(source.at("message").text()).isEqualTo(EVENT.message());
    assertThat(source.at("service.name").text()).isEqualTo("shop");
    assertThat(source.at("http.response.status_code").number()).isEqualTo(503);
    assertThat(source.at("cart").text()).isEqualTo("c-9");
    assertThat(source.at("@timestamp").number()).isEqualTo(EVENT.timestampNanos() / 1_000_000);
    assertThat(source.names()).doesNotContainAnyElementsOf(IndexFields.SEARCHED);
  }

  @Test
  void findsWordsWithoutAField() {
    assertThat(count("{\"query_string\":{\"query\":\"TIMEOUT\"}}")).isEqualTo(1);
    assertThat(count("{\"multi_match\":{\"query\":\"Timeout after 30\",\"type\":\"phrase\"}}"))
        .isEqualTo(1);
    assertThat(count("{\"query_string\":{\"query\":\"absent\"}}")).isZero();
  }

  @Test
  void filtersByTimeAndCountsOverIt() {
    String day = "{\"range\":{\"@timestamp\":{\"format\":\"strict_date_optional_time\",";

    assertThat(count(day + "\"gte\":\"2026-11-23T00:00:00Z\"}}}")).isEqualTo(2);
    assertThat(count(day + "\"gte\":\"2026-11-24T00:00:00Z\"}}}")).isZero();
    Answer groups =
        search(
                "{\"size\":0,\"aggs\":{\"time\":{\"date_histogram\":{\"field\":\"@timestamp\","
                    + "\"fixed_interval\":\"1h\"},\"aggs\":{\"by\":{\"terms\":"
                    + "{\"field\":\"service.name\"}}}}}}")
            .at("aggregations", "time", "buckets");
    assertThat(groups.elements()).hasSize(1);
    assertThat(groups.elements().get(0).at("by", "buckets").elements())
        .extracting(group -> group.at("key").text())
        .containsExactly("mail", "shop");
  }

  private long count(String query) {
    return search("{\"query\":" + query + "}").at("hits", "total", "value").number();
  }

  private Answer search(String body) {
    return Answer.read(
        TestServer.send("POST", "/" + prefix + "logdash-*/_search", body).getBytes(UTF_8));
  }
}

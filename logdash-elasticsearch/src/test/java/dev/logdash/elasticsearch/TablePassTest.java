package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.store.LogQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablePassTest {

  private static final Map<String, Object> TIME = Map.of("k0", TablePass.time(60_000));
  private static final Map<String, Object> PATH = Map.of("k1", TablePass.terms("url.path"));
  private static final Map<String, Object> USER = Map.of("k2", TablePass.terms("user.name"));

  @Test
  void asksForFewerGroupsWhereTheirKeysMayBeLong() {
    assertThat(size(10_000, List.of(TIME))).isEqualTo(10_000);
    assertThat(size(10_000, List.of(TIME, PATH))).isEqualTo(4_096);
    assertThat(size(10_000, List.of(PATH, USER))).isEqualTo(2_048);
    assertThat(size(10, List.of(PATH, USER))).isEqualTo(10);
  }

  private static long size(int most, List<Map<String, Object>> groups) {
    Map<String, Object> body =
        TablePass.counts(groups).next(StoreQuery.of(LogQuery.builder().build()), most, Answer.NONE);
    return new Answer(body).at("aggs", "groups", "composite", "size").number();
  }
}

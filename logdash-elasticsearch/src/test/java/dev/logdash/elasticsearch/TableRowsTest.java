package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.LongTotals;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRowsTest {

  @Test
  void leavesOutWhatCameBehindTheCount() {
    TableRows rows =
        new TableRows(
            new Aggregation(
                LogQuery.builder().build(),
                List.of(new Aggregation.ByField("service")),
                List.of(new Aggregation.Sum("n"), new Aggregation.Distinct("n")),
                10));

    rows.add(List.of("a"), 2);
    rows.add(List.of("a"), "n", new LongTotals(2, 12, 5, 7));
    rows.add(List.of("b"), "n", new LongTotals(1, 3, 3, 3));
    rows.addHash(List.of("a"), "n", 5);
    rows.addHash(List.of("b"), "n", 3);

    assertThat(rows.table().rows())
        .containsExactly(new Table.Row(List.of("a"), List.of(12.0, 1.0)));
  }

  @Test
  void boundsWhatLongKeysTake() {
    TableRows rows =
        new TableRows(
            new Aggregation(
                LogQuery.builder().build(),
                List.of(new Aggregation.ByField("url.path")),
                List.of(new Aggregation.Count()),
                10));
    String start = "x".repeat(2_000);
    for (int i = 0; i < 10_000; i++) {
      rows.add(List.of(start + i), 1);
    }

    assertThatThrownBy(
            () -> {
              for (int i = 10_000; i < 20_000; i++) {
                rows.add(List.of(start + i), 1);
              }
            })
        .isInstanceOf(BackendException.Rejected.class)
        .hasMessageContaining("long keys");
  }

  @Test
  void countsALongKeyOnceHoweverManyGroupsHaveIt() {
    TableRows rows =
        new TableRows(
            new Aggregation(
                LogQuery.builder().build(),
                List.of(new Aggregation.ByField("url.path"), new Aggregation.ByField("user.name")),
                List.of(new Aggregation.Count()),
                10));
    for (int i = 0; i < 20_000; i++) {
      rows.add(List.of("x".repeat(2_000), "u" + i), 1);
    }

    assertThat(rows.table().rows()).hasSize(10);
  }
}

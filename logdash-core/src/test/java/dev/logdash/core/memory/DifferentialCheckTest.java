package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.kit.DifferentialCheck;
import dev.logdash.tck.MutableClock;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class DifferentialCheckTest {

  @Test
  void findsNoDifferenceBetweenAStoreAndItselfAndAGoodShareHits() {
    DifferentialCheck.Report report =
        DifferentialCheck.run(17, 500, () -> new InMemoryLogStore(MutableClock.atNoon()));

    assertThat(report.difference()).isEmpty();
    assertThat(report.pairs()).isEqualTo(500);
    assertThat(report.withHits()).isBetween(200, 450);
  }

  @Test
  void noticesSmallDifferencesOfMeaning() {
    notices(
        leaf ->
            leaf instanceof Filter.Equal equal
                    && !equal.value().equals(equal.value().toLowerCase(Locale.ROOT))
                ? new Filter.Not(Filter.ALL)
                : leaf);
    notices(
        leaf ->
            leaf instanceof Filter.Range range
                ? new Filter.Range(
                    range.field(), range.lower(), new Filter.Bound(range.upper().value(), true))
                : leaf);
    notices(
        leaf ->
            leaf instanceof Filter.ValuePattern pattern
                ? new Filter.ValuePattern(pattern.field(), pattern.pattern().replace("\\", ""))
                : leaf);
    notices(
        leaf ->
            leaf instanceof Filter.AnyField any
                ? new Filter.AnyField(any.names() + '*', any.clause())
                : leaf);
    notices(
        leaf ->
            leaf instanceof Filter.Near near
                ? new Filter.Near(near.field(), near.text(), near.places() + 1)
                : leaf);
    notices(
        leaf ->
            leaf instanceof Filter.Alike alike && alike.edits() == 2
                ? new Filter.Alike(alike.field(), alike.word(), 1)
                : leaf);
    notices(
        leaf ->
            leaf instanceof Filter.Not
                ? new Filter.And(List.of(leaf, new Filter.Exists("url.path")))
                : leaf);
  }

  private static void notices(UnaryOperator<Filter> change) {
    DifferentialCheck.Report report =
        DifferentialCheck.run(
            99,
            3_000,
            () ->
                new DelegatingLogStore() {
                  @Override
                  public Mono<Page> search(LogQuery query) {
                    return inner.search(
                        query.toBuilder().filter(rewrite(query.filter(), change)).build());
                  }
                });

    assertThat(report.difference()).contains("seed");
  }
}

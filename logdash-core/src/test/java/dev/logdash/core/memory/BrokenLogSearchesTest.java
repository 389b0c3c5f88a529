package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.NamePattern;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.LogSearchContract;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Each promise of the contract is noticed by one test, and by no other, when it is broken. */
class BrokenLogSearchesTest {

  @ParameterizedTest
  @EnumSource
  void failsOnlyTheTestOfItsPromise(Broken broken) {
    Subject.current = broken;

    assertThat(ContractRun.of(Subject.class).failed()).containsExactly(broken.noticedBy);
  }

  @Test
  void breaksEachFact() {
    assertThat(Arrays.stream(Broken.values()).map(broken -> broken.noticedBy))
        .hasSameElementsAs(ContractRun.facts(LogSearchContract.class));
  }

  /** The contract, run on the variant that is set. */
  @Tag("broken")
  static class Subject extends LogSearchContract<DelegatingLogStore> {

    private static Broken current = Broken.FAILS_WHEN_EMPTY;

    @Override
    protected DelegatingLogStore newStore(Clock clock) {
      return current.stores.get();
    }
  }

  private enum Broken {
    FAILS_WHEN_EMPTY(
        "answersWithNothingWhenEmpty",
        () ->
            tables(
                table ->
                    table.rows().equals(List.of(new Table.Row(List.of(), List.of(0.0))))
                        ? new Table(List.of(), false)
                        : table)),
    SEARCHES_WHEN_CALLED("looksWhenSubscribedNotWhenCalled", SearchesWhenCalled::new),
    SHOWS_THE_OLDEST_FIRST(
        "showsTheNewestFirst",
        () ->
            resorting(
                LogQuery.Order.NEWEST_FIRST, Comparator.comparingLong(LogEvent::timestampNanos))),
    IGNORES_THE_ORDER(
        "showsTheOldestFirstWhenAsked",
        () ->
            resorting(
                LogQuery.Order.OLDEST_FIRST,
                Comparator.comparingLong(event -> -event.timestampNanos()))),
    ORDERS_SEQUENCES_AS_TEXT(
        "ordersEventsOfOneTimeByProducerThenSequence",
        () ->
            resorting(
                LogQuery.Order.OLDEST_FIRST,
                Comparator.comparingLong(LogEvent::timestampNanos)
                    .thenComparing(LogEvent::producer)
                    .thenComparing(event -> Long.toString(event.seq())))),
    INCLUDES_THE_LAST_TIME(
        "includesTheFirstTimeAndExcludesTheLast",
        () ->
            queries(
                query ->
                    query.toNanos() == Long.MAX_VALUE
                        ? query
                        : query.toBuilder()
                            .between(query.fromNanos(), query.toNanos() + 1)
                            .build())),
    SHOWS_ONE_TOO_MANY(
        "limitsAPageAndSaysWhetherThereIsMore",
        () -> queries(query -> query.toBuilder().limit(query.limit() + 1).build())),
    LOSES_TIES_BETWEEN_PAGES("coversEverythingOncePageByPageInBothOrders", LosesTies::new),
    MINDS_CASE_IN_WORDS(
        "findsWordsWithoutRegardToCase",
        () -> leaves(leaf -> hasUpper(leaf, Filter.Phrase.class) ? nothing() : leaf)),
    FINDS_WORDS_IN_ANY_ORDER("findsPhrasesInOrderWithinOneText", () -> leaves(Broken::splitPhrase)),
    LOOKS_INTO_IDS(
        "looksForWordsInEveryAttributeButTheIdOfTheForm",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.Phrase phrase && phrase.field().equals(Filter.ANY_TEXT)
                        ? new Filter.Or(List.of(leaf, new Filter.Equal("log.form", phrase.text())))
                        : leaf)),
    KNOWS_ASCII_ONLY(
        "findsWordsOfAnyScript",
        () -> leaves(leaf -> leaf.toString().matches("\\p{ASCII}*") ? leaf : nothing())),
    COMPARES_NUMBERS_AS_TEXT(
        "comparesNumbersByTheirValue",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.Equal equal && equal.value().endsWith(".0")
                        ? nothing()
                        : leaf)),
    MINDS_CASE_IN_VALUES(
        "comparesWholeValuesWithoutRegardToCase",
        () -> leaves(leaf -> hasUpper(leaf, Filter.Equal.class) ? nothing() : leaf)),
    TAKES_QUESTION_MARKS_LITERALLY(
        "matchesPatternsOfWordsAndOfValues",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.TokenPattern pattern
                        ? new Filter.TokenPattern(
                            pattern.field(), pattern.pattern().replace("?", "\\?"))
                        : leaf)),
    TAKES_PATTERNS_OF_NAMES_FOR_NAMES(
        "asksEveryFieldWhoseNameMatchesAPattern",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.AnyField any
                        ? NamePattern.ofField(any.clause(), any.names())
                        : leaf)),
    ORDERS_WHOLE_VALUES_ONLY(
        "findsWordsBetweenTwo",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.Range range
                            && List.of(Filter.ANY_TEXT, "message").contains(range.field())
                        ? nothing()
                        : leaf)),
    MINDS_THE_ORDER_OF_NEAR_WORDS(
        "findsWordsNearEachOtherInAnyOrder",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.Near near
                        ? new Filter.Phrase(near.field(), near.text())
                        : leaf)),
    MINDS_EVERY_CHARACTER(
        "findsWordsThatBecomeAnotherByAFewEdits",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.Alike alike
                        ? new Filter.Equal(alike.field(), alike.word())
                        : leaf)),
    NEGATES_ONLY_WHAT_IS_THERE(
        "countsAnEventWithoutTheFieldAsNotEqual",
        () ->
            leaves(
                leaf ->
                    leaf instanceof Filter.Not not && not.filter() instanceof Filter.Equal equal
                        ? new Filter.And(List.of(not, new Filter.Exists(equal.field())))
                        : leaf)),
    FINDS_EVERY_FIELD_EVERYWHERE(
        "findsEventsThatHaveAField",
        () -> leaves(leaf -> leaf instanceof Filter.Exists ? Filter.ALL : leaf)),
    WIDENS_THE_SCOPE("neverShowsWhatIsOutsideTheScope", () -> queries(Broken::insideTheFilter)),
    COUNTS_THE_PAGE("countsAllEventsWhateverThePage", CountsThePage::new),
    FORGETS_EVENTS_WITHOUT_THE_FIELD(
        "groupsByFieldAndTimeSoThatSumsEqualCounts",
        () ->
            tables(
                table ->
                    new Table(
                        table.rows().stream().filter(row -> !row.key().contains("")).toList(),
                        table.truncated()))),
    CUTS_GROUPS_SHORT(
        "tellsLongGroupsWithOneBeginningApart",
        () ->
            tables(
                table ->
                    new Table(
                        table.rows().stream()
                            .map(
                                row ->
                                    new Table.Row(
                                        row.key().stream()
                                            .map(
                                                key ->
                                                    key.substring(0, Math.min(255, key.length())))
                                            .toList(),
                                        row.values()))
                            .toList(),
                        table.truncated()))),
    KEEPS_THE_FIRST_GROUPS("keepsTheLargestGroupsWhenThereAreTooMany", KeepsTheFirstGroups::new),
    TAKES_NOTHING_FOR_ZERO(
        "computesOverTheNumbersOfAField",
        () ->
            tables(
                table ->
                    new Table(
                        table.rows().stream()
                            .map(
                                row ->
                                    new Table.Row(
                                        row.key(),
                                        row.values().stream()
                                            .map(value -> value.isNaN() ? 0.0 : value)
                                            .toList()))
                            .toList(),
                        table.truncated()))),
    TAKES_THE_NEXT_PLACE(
        "computesPercentilesWithinOnePercentOfTheNumberAtTheirPlace",
        () ->
            functions(
                Aggregation.Percentile.class,
                percentile ->
                    new Aggregation.Percentile(
                        percentile.field(), Math.min(1, percentile.share() + 0.005)),
                UnaryOperator.identity())),
    COUNTS_HAVING_NONE_AS_A_VALUE(
        "countsDifferentValuesAsGroupsTellThemApart",
        () ->
            functions(
                Aggregation.Distinct.class,
                UnaryOperator.identity(),
                value -> value < 10 ? value + 1 : value)),
    STOPS_COUNTING_WHERE_ESTIMATES_BEGIN(
        "estimatesManyDifferentValuesWithinFivePercent",
        () ->
            functions(
                Aggregation.Distinct.class,
                UnaryOperator.identity(),
                value -> Math.min(value, Aggregation.Distinct.EXACT))),
    LEAKS_WHEN_CANCELLED("staysUsableHoweverManySearchesAreCancelled", LeaksWhenCancelled::new);

    private final String noticedBy;
    private final Supplier<DelegatingLogStore> stores;

    Broken(String noticedBy, Supplier<DelegatingLogStore> stores) {
      this.noticedBy = noticedBy;
      this.stores = stores;
    }

    private static Filter nothing() {
      return CanonicalFilter.NOTHING;
    }

    private static boolean hasUpper(Filter leaf, Class<? extends Filter> type) {
      String text =
          leaf instanceof Filter.Phrase phrase
              ? phrase.text()
              : leaf instanceof Filter.Equal equal ? equal.value() : "";
      return type.isInstance(leaf) && !text.equals(text.toLowerCase(Locale.ROOT));
    }

    private static Filter splitPhrase(Filter leaf) {
      return leaf instanceof Filter.Phrase phrase
          ? new Filter.And(
              Arrays.stream(phrase.text().split("[ =]"))
                  .map(word -> (Filter) new Filter.Phrase(phrase.field(), word))
                  .toList())
          : leaf;
    }

    /** Puts the scope in front of the user's filter without parentheses. */
    private static LogQuery insideTheFilter(LogQuery query) {
      if (!(query.filter() instanceof Filter.Or or)) {
        return query;
      }
      List<Filter> parts = new ArrayList<>(or.filters());
      parts.set(0, new Filter.And(List.of(query.scope(), parts.get(0))));
      return query.toBuilder().scope(Filter.ALL).filter(new Filter.Or(parts)).build();
    }
  }

  private static DelegatingLogStore queries(UnaryOperator<LogQuery> change) {
    return new DelegatingLogStore() {
      @Override
      public Mono<Page> search(LogQuery query) {
        return inner.search(change.apply(query));
      }
    };
  }

  private static DelegatingLogStore leaves(UnaryOperator<Filter> change) {
    return queries(
        query ->
            query.toBuilder().filter(DelegatingLogStore.rewrite(query.filter(), change)).build());
  }

  private static DelegatingLogStore tables(UnaryOperator<Table> change) {
    return new DelegatingLogStore() {
      @Override
      public Mono<Table> aggregate(Aggregation aggregation) {
        return inner.aggregate(aggregation).map(change);
      }
    };
  }

  /** Changes what functions of a type ask for, and what they give. */
  private static <F extends Aggregation.Function> DelegatingLogStore functions(
      Class<F> type, UnaryOperator<F> question, UnaryOperator<Double> answer) {
    return new DelegatingLogStore() {
      @Override
      public Mono<Table> aggregate(Aggregation aggregation) {
        List<Aggregation.Function> functions =
            aggregation.functions().stream()
                .map(one -> type.isInstance(one) ? question.apply(type.cast(one)) : one)
                .toList();
        return inner
            .aggregate(
                new Aggregation(
                    aggregation.query(), aggregation.groups(), functions, aggregation.maxRows()))
            .map(table -> new Table(changed(functions, table.rows()), table.truncated()));
      }

      private List<Table.Row> changed(List<Aggregation.Function> functions, List<Table.Row> rows) {
        return rows.stream()
            .map(
                row ->
                    new Table.Row(
                        row.key(),
                        IntStream.range(0, functions.size())
                            .mapToObj(
                                i ->
                                    type.isInstance(functions.get(i))
                                        ? answer.apply(row.values().get(i))
                                        : row.values().get(i))
                            .toList()))
            .toList();
      }
    };
  }

  private static DelegatingLogStore resorting(
      LogQuery.Order order, Comparator<LogEvent> comparator) {
    return new DelegatingLogStore() {
      @Override
      public Mono<Page> search(LogQuery query) {
        return inner
            .search(query)
            .map(
                page ->
                    query.order() == order && !page.more() && query.after() == null
                        ? new Page(page.events().stream().sorted(comparator).toList(), page.more())
                        : page);
      }
    };
  }

  private static final class SearchesWhenCalled extends DelegatingLogStore {
    @Override
    public Mono<Page> search(LogQuery query) {
      Page page = inner.search(query).block();
      return Mono.justOrEmpty(page);
    }
  }

  private static final class LosesTies extends DelegatingLogStore {
    @Override
    public Mono<Page> search(LogQuery query) {
      Predicate<LogEvent> untied =
          event ->
              query.after() == null || event.timestampNanos() != query.after().timestampNanos();
      return inner
          .search(query)
          .map(page -> new Page(page.events().stream().filter(untied).toList(), page.more()));
    }
  }

  private static final class CountsThePage extends DelegatingLogStore {
    @Override
    public Mono<Long> count(LogQuery query) {
      return inner.search(query).map(page -> (long) page.events().size());
    }
  }

  private static final class KeepsTheFirstGroups extends DelegatingLogStore {
    @Override
    public Mono<Table> aggregate(Aggregation aggregation) {
      Aggregation all =
          new Aggregation(
              aggregation.query(),
              aggregation.groups(),
              aggregation.functions(),
              Aggregation.MAX_ROWS);
      return inner
          .aggregate(all)
          .map(
              table -> {
                int rows = Math.min(aggregation.maxRows(), table.rows().size());
                return new Table(table.rows().subList(0, rows), rows < table.rows().size());
              });
    }
  }

  /** Allows a number of searches at a time, and never learns that one was cancelled. */
  private static final class LeaksWhenCancelled extends DelegatingLogStore {
    private final AtomicInteger running = new AtomicInteger();

    @Override
    public Mono<Page> search(LogQuery query) {
      return Mono.defer(
          () -> {
            if (running.incrementAndGet() > 16) {
              running.decrementAndGet();
              return Mono.error(new BackendException.Overloaded("too many searches", null));
            }
            return inner.search(query).doOnTerminate(running::decrementAndGet);
          });
    }
  }
}

package dev.logdash.core.statement;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Table;
import dev.logdash.core.template.FormIds;
import dev.logdash.core.text.Tokenizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Finds the statements behind the events of a query, the same over every store. The store counts
 * all events by their form; one event of each form is read, from which the statements are mined.
 */
public final class StatementSearch {

  /** The most forms that are looked at; the events of further ones are counted together. */
  public static final int MAX_FORMS = 2_000;

  private static final int MAX_ROUTES = 1_000;

  private StatementSearch() {}

  /**
   * The statements of a query.
   *
   * @param query which events; its page and order do not matter
   * @param limit the most statements that are told one by one
   */
  public static Mono<StatementTable> run(LogQuery query, int limit, LogSearch search) {
    LogQuery events = query.toBuilder().after(null).build();
    return Mono.zip(
            search.aggregate(byForm(events)), search.aggregate(byRoute(events)), Counted::new)
        .flatMap(
            counted ->
                new FormSamples(events, counts(counted.forms), search)
                    .find()
                    .flatMap(
                        samples ->
                            total(counted, events, search)
                                .map(total -> table(counted, samples, total, limit))));
  }

  private record Counted(Map<String, Tally> forms, boolean cut, Table routes) {
    Counted(Table forms, Table routes) {
      this(folded(forms), forms.truncated() || routes.truncated(), routes);
    }
  }

  private static Aggregation byForm(LogQuery events) {
    return new Aggregation(
        with(events, StatementFilters.HAS_FORM),
        List.of(new Aggregation.ByField(FormIds.FIELD)),
        Tally.FUNCTIONS,
        MAX_FORMS);
  }

  private static Aggregation byRoute(LogQuery events) {
    return new Aggregation(
        with(events, StatementFilters.NO_FORM),
        List.of(
            new Aggregation.ByField(EcsFields.HTTP_METHOD),
            new Aggregation.ByField(EcsFields.HTTP_ROUTE)),
        Tally.FUNCTIONS,
        MAX_ROUTES);
  }

  private static LogQuery with(LogQuery events, Filter filter) {
    return events.toBuilder().filter(new Filter.And(List.of(events.filter(), filter))).build();
  }

  /** The forms as a filter tells them apart. */
  private static Map<String, Tally> folded(Table forms) {
    Map<String, Tally> tallies = new HashMap<>();
    for (Table.Row row : forms.rows()) {
      tallies.merge(Tokenizer.fold(row.key().get(0)), Tally.of(row), Tally::and);
    }
    return tallies;
  }

  private static Map<String, Long> counts(Map<String, Tally> forms) {
    Map<String, Long> counts = new HashMap<>();
    forms.forEach((form, tally) -> counts.put(form, tally.count()));
    return counts;
  }

  /** How many events there are; where everything was told apart that follows from the counts. */
  private static Mono<Long> total(Counted counted, LogQuery events, LogSearch search) {
    long told = counted.forms.values().stream().mapToLong(Tally::count).sum();
    for (Table.Row row : counted.routes.rows()) {
      told += Tally.of(row).count();
    }
    long least = told;
    return counted.cut
        ? search.count(events).map(count -> Math.max(count, least))
        : Mono.just(told);
  }

  private static StatementTable table(
      Counted counted, Map<String, LogEvent> samples, long total, int limit) {
    Statements statements = new Statements();
    statements.addForms(counted.forms, samples);
    Tally without = Tally.NONE;
    for (Table.Row row : counted.routes.rows()) {
      String method = row.key().get(0);
      String route = row.key().get(1);
      if (method.isEmpty() && route.isEmpty()) {
        without = Tally.of(row);
      } else {
        statements.addRequests(method, route, Tally.of(row));
      }
    }
    List<StatementTable.Statement> all = statements.rows();
    int shown = Math.min(limit, all.size());
    long told = count(all);
    return new StatementTable(
        total,
        all.subList(0, shown),
        new StatementTable.Rest(all.size() - shown, count(all.subList(shown, all.size()))),
        new StatementTable.Unstated(
            without.count(), without.count() == 0 ? "" : StatementFilters.without()),
        total - told - without.count());
  }

  private static long count(List<StatementTable.Statement> statements) {
    return statements.stream().mapToLong(StatementTable.Statement::count).sum();
  }
}

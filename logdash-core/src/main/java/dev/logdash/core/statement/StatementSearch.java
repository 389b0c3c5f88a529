package dev.logdash.core.statement;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.core.template.FormIds;
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
    Mono<StatementCounts> forms =
        StatementCounts.of(
            with(events, StatementFilters.HAS_FORM), List.of(FormIds.FIELD), MAX_FORMS, search);
    Mono<StatementCounts> routes =
        StatementCounts.of(
            with(events, StatementFilters.NO_FORM),
            List.of(EcsFields.HTTP_METHOD, EcsFields.HTTP_ROUTE),
            MAX_ROUTES,
            search);
    return Mono.zip(forms, routes, Counted::new)
        .flatMap(
            counted ->
                Mono.zip(
                    total(counted, events, search),
                    new FormSamples(events, counted.forms, search).find(),
                    (total, samples) -> table(counted, samples, total, limit)));
  }

  private record Counted(StatementCounts forms, StatementCounts routes) {
    long total() {
      return forms.total() + routes.total();
    }
  }

  private static LogQuery with(LogQuery events, Filter filter) {
    return events.toBuilder().filter(new Filter.And(List.of(events.filter(), filter))).build();
  }

  /** How many events there are; where everything was told apart that follows from the counts. */
  private static Mono<Long> total(Counted counted, LogQuery events, LogSearch search) {
    return counted.forms.isCut() || counted.routes.isCut()
        ? search.count(events).map(count -> Math.max(count, counted.total()))
        : Mono.just(counted.total());
  }

  private static StatementTable table(
      Counted counted, Map<String, FormSample> samples, long total, int limit) {
    Statements statements = new Statements();
    statements.addForms(counted.forms, samples);
    long without = 0;
    for (StatementCounts.Group group : counted.routes.groups()) {
      if (group.key().stream().allMatch(String::isEmpty)) {
        without = group.tally().count();
      } else {
        statements.addRequests(group);
      }
    }
    List<StatementTable.Statement> all = statements.rows();
    int shown = Math.min(limit, all.size());
    long told = count(all);
    return new StatementTable(
        total,
        all.subList(0, shown),
        new StatementTable.Rest(all.size() - shown, count(all.subList(shown, all.size()))),
        new StatementTable.Unstated(without, without == 0 ? "" : StatementFilters.without()),
        total - told - without);
  }

  private static long count(List<StatementTable.Statement> statements) {
    return statements.stream().mapToLong(StatementTable.Statement::count).sum();
  }
}

package dev.logdash.core.statement;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Table;
import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The events of a query, counted by some fields.
 *
 * @param groups the most frequent first, told apart as a filter does: without case
 * @param isCut whether there are more groups than these
 */
record StatementCounts(List<Group> groups, boolean isCut) {

  private static final List<Aggregation.Function> COUNT = List.of(new Aggregation.Count());

  /** Some events and the values of the fields that they have, as most of them are written. */
  record Group(List<String> key, Tally tally) {}

  /**
   * Counts.
   *
   * @param max the most groups, at most {@value Aggregation#MAX_ROWS}
   */
  static Mono<StatementCounts> of(LogQuery query, List<String> fields, int max, LogSearch search) {
    List<Aggregation.Group> groups = new ArrayList<>();
    fields.forEach(field -> groups.add(new Aggregation.ByField(field)));
    List<Aggregation.Group> withSeverity = new ArrayList<>(groups);
    withSeverity.add(new Aggregation.ByField(EcsFields.SEVERITY));
    Aggregation all = new Aggregation(query, withSeverity, COUNT, Aggregation.MAX_ROWS);
    return search
        .aggregate(all)
        .flatMap(
            table ->
                table.truncated()
                    ? search
                        .aggregate(new Aggregation(query, groups, COUNT, max))
                        .map(counted -> told(table, counted, fields.size(), max))
                    : Mono.just(told(table, fields.size(), max)));
  }

  private static StatementCounts told(Table table, int keys, int max) {
    List<Group> groups = new ArrayList<>();
    for (Table.Row row : table.rows()) {
      groups.add(group(row, keys));
    }
    return merged(groups, false, max);
  }

  /** The counts of groups; what is said of severities counts as far as it goes. */
  private static StatementCounts told(Table severities, Table counted, int keys, int max) {
    Map<List<String>, Integer> worst = new HashMap<>();
    for (Table.Row row : severities.rows()) {
      Group group = group(row, keys);
      worst.merge(folded(group.key), group.tally.worst(), Math::max);
    }
    List<Group> groups = new ArrayList<>();
    for (Table.Row row : counted.rows()) {
      long count = row.values().get(0).longValue();
      groups.add(new Group(row.key(), new Tally(count, worst.getOrDefault(folded(row.key()), 0))));
    }
    return merged(groups, counted.truncated(), max);
  }

  private static Group group(Table.Row row, int keys) {
    String severity = row.key().get(keys);
    return new Group(
        row.key().subList(0, keys),
        new Tally(
            row.values().get(0).longValue(), severity.isEmpty() ? 0 : Integer.parseInt(severity)));
  }

  private static StatementCounts merged(List<Group> groups, boolean truncated, int max) {
    groups.sort(Comparator.comparingLong(group -> -group.tally.count()));
    Map<List<String>, Group> merged = new HashMap<>();
    for (Group group : groups) {
      merged.merge(
          folded(group.key), group, (one, other) -> new Group(one.key, one.tally.and(other.tally)));
    }
    List<Group> all = new ArrayList<>(merged.values());
    all.sort(
        Comparator.comparingLong((Group group) -> -group.tally.count())
            .thenComparing(group -> String.join("\n", group.key)));
    return new StatementCounts(
        List.copyOf(all.subList(0, Math.min(max, all.size()))), truncated || all.size() > max);
  }

  private static List<String> folded(List<String> key) {
    return key.stream().map(Tokenizer::fold).toList();
  }

  /** How many events are in the groups. */
  long total() {
    return groups.stream().mapToLong(group -> group.tally.count()).sum();
  }
}

package dev.logdash.embedded;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.CodePointOrder;
import dev.logdash.core.table.FunctionState;
import dev.logdash.core.table.TableBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Computes a table. The values of each group-by are numbered as they are met, and so are their
 * combinations; each combination has a state of each function.
 */
final class TableSearch {

  private final Aggregation aggregation;
  private final ReadView view;
  private final GroupKeys[] parts;
  private final FunctionValues[] values;
  private final TableGroups groups;

  TableSearch(Aggregation aggregation, ReadView view) {
    this.aggregation = aggregation;
    this.view = view;
    TableBudget budget = new TableBudget();
    this.parts =
        aggregation.groups().stream()
            .map(group -> GroupKeys.of(group, view, budget))
            .toArray(GroupKeys[]::new);
    boolean countsOnly =
        aggregation.functions().stream().allMatch(Aggregation.Count.class::isInstance);
    List<Aggregation.Function> computed = countsOnly ? List.of() : aggregation.functions();
    this.values =
        computed.stream()
            .map(function -> FunctionValues.of(function, view))
            .toArray(FunctionValues[]::new);
    this.groups = new TableGroups(parts.length, computed, budget);
  }

  Table run() throws IOException {
    if (view.documents() > 0) {
      view.searcher().search(view.whole(), new OneCollector(new Rows()));
    }
    if (view.searcher().timedOut()) {
      throw new CancelledSearch();
    }
    List<Found> found = new ArrayList<>();
    for (int group = 0; group < groups.end(); group++) {
      if (groups.count(group) > 0 || (parts.length == 0 && group == 0)) {
        found.add(new Found(key(group), group, groups.count(group)));
      }
    }
    List<Table.Row> rows =
        found.stream()
            .sorted(
                Comparator.comparingLong((Found one) -> -one.count)
                    .thenComparing(Found::key, this::compareKeys))
            .limit(aggregation.maxRows())
            .sorted(Comparator.comparing(Found::key, this::compareKeys))
            .map(one -> new Table.Row(one.key, values(one)))
            .toList();
    return new Table(rows, rows.size() < found.size());
  }

  private List<String> key(int group) {
    int[] ids = groups.keys(group);
    List<String> key = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      key.add(parts[i].key(ids[i]));
    }
    return key;
  }

  private List<Double> values(Found row) {
    if (values.length == 0) {
      return Collections.nCopies(aggregation.functions().size(), (double) row.count);
    }
    return Arrays.stream(groups.states(row.group)).map(state -> state.value(row.count)).toList();
  }

  private int compareKeys(List<String> left, List<String> right) {
    for (int i = 0; i < left.size(); i++) {
      boolean isTime = aggregation.groups().get(i) instanceof Aggregation.ByTime;
      int order =
          isTime
              ? Long.compare(Long.parseLong(left.get(i)), Long.parseLong(right.get(i)))
              : CodePointOrder.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** A group with events, and its key. */
  private record Found(List<String> key, int group, long count) {}

  private final class Rows extends SimpleCollector {

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      for (GroupKeys part : parts) {
        part.open(context.reader());
      }
      for (FunctionValues field : values) {
        field.open(context.reader());
      }
    }

    @Override
    public void collect(int document) throws IOException {
      for (FunctionValues field : values) {
        field.read(document);
      }
      collect(document, 0, 0);
    }

    private void collect(int document, int level, int combined) throws IOException {
      if (level == parts.length) {
        add(combined);
        return;
      }
      GroupKeys part = parts[level];
      int id = part.id(document);
      if (id != GroupKeys.MANY) {
        collect(document, level + 1, groups.combine(combined, level, id));
        return;
      }
      for (int each : part.ids()) {
        collect(document, level + 1, groups.combine(combined, level, each));
      }
    }

    private void add(int group) {
      groups.add(group);
      if (values.length > 0) {
        FunctionState[] states = groups.states(group);
        for (int i = 0; i < values.length; i++) {
          values[i].addTo(states[i]);
        }
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}

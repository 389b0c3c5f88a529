package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.CodePointOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Computes a table. The values of each group-by are numbered as they are met, and so are their
 * combinations; each combination has a number for each function.
 */
final class TableSearch {

  // A hundred times what a table may show; more would endanger the host's memory.
  private static final int MAX_GROUPS = 1_000_000;

  private final Aggregation aggregation;
  private final ReadView view;
  private final List<GroupKeys> parts = new ArrayList<>();
  private final List<FieldNumbers> numbers = new ArrayList<>();
  private final Map<List<Integer>, Group> groups = new HashMap<>();

  TableSearch(Aggregation aggregation, ReadView view) {
    this.aggregation = aggregation;
    this.view = view;
    for (Aggregation.Group group : aggregation.groups()) {
      parts.add(GroupKeys.of(group, view));
    }
    for (Aggregation.Function function : aggregation.functions()) {
      numbers.add(FieldNumbers.of(function, view));
    }
  }

  Table run() throws IOException {
    if (parts.isEmpty()) {
      groups.put(List.of(), new Group(List.of(), numbers.size()));
    }
    if (view.documents() > 0) {
      view.searcher().search(view.whole(), new OneCollector(new Rows()));
    }
    if (view.searcher().timedOut()) {
      throw new CancelledSearch();
    }
    List<Table.Row> rows =
        groups.values().stream()
            .map(group -> group.resolve(parts))
            .sorted(
                Comparator.comparingLong((Resolved group) -> -group.group.count)
                    .thenComparing(Resolved::key, this::compareKeys))
            .limit(aggregation.maxRows())
            .sorted(Comparator.comparing(Resolved::key, this::compareKeys))
            .map(resolved -> new Table.Row(resolved.key, values(resolved.group)))
            .toList();
    return new Table(rows, rows.size() < groups.size());
  }

  private List<Double> values(Group group) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      values.add(value(aggregation.functions().get(i), group, i));
    }
    return values;
  }

  private static double value(Aggregation.Function function, Group group, int index) {
    if (function instanceof Aggregation.Count) {
      return group.count;
    }
    ExactSum sum = group.sums[index];
    if (function instanceof Aggregation.Sum) {
      return sum.value();
    }
    return function instanceof Aggregation.Min ? sum.min() : sum.max();
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

  /** The key of a group, and the group. */
  private record Resolved(List<String> key, Group group) {}

  /** What was counted for one combination of values. */
  private static final class Group {

    private final List<Integer> ids;
    private final ExactSum[] sums;
    private long count;

    Group(List<Integer> ids, int functions) {
      this.ids = ids;
      this.sums = new ExactSum[functions];
      for (int i = 0; i < functions; i++) {
        sums[i] = new ExactSum();
      }
    }

    Resolved resolve(List<GroupKeys> parts) {
      List<String> key = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        key.add(parts.get(i).key(ids.get(i)));
      }
      return new Resolved(key, this);
    }
  }

  private final class Rows extends SimpleCollector {

    // Most documents are in the group of the one before.
    private int[] lastIds = new int[0];
    private Group last = new Group(List.of(), 0);

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      for (GroupKeys part : parts) {
        part.open(context.reader());
      }
      for (FieldNumbers field : numbers) {
        field.open(context.reader());
      }
    }

    @Override
    public void collect(int document) throws IOException {
      for (FieldNumbers field : numbers) {
        field.read(document);
      }
      if (parts.isEmpty()) {
        add(group(new int[0]));
        return;
      }
      int[] ids = new int[parts.size()];
      collect(document, 0, ids);
    }

    private void collect(int document, int index, int[] ids) throws IOException {
      if (index == ids.length) {
        add(group(ids));
        return;
      }
      for (int id : parts.get(index).ids(document)) {
        ids[index] = id;
        collect(document, index + 1, ids);
      }
    }

    private Group group(int[] ids) {
      if (java.util.Arrays.equals(ids, lastIds) && ids.length > 0) {
        return last;
      }
      List<Integer> key = java.util.Arrays.stream(ids).boxed().toList();
      Group group = groups.get(key);
      if (group == null) {
        if (groups.size() == MAX_GROUPS) {
          throw new BackendException.Rejected(
              "the table has more than " + MAX_GROUPS + " groups; narrow the query", null);
        }
        group = new Group(key, numbers.size());
        groups.put(key, group);
      }
      last = group;
      lastIds = ids.clone();
      return group;
    }

    private void add(Group group) {
      group.count++;
      for (int i = 0; i < group.sums.length; i++) {
        numbers.get(i).addTo(group.sums[i]);
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}

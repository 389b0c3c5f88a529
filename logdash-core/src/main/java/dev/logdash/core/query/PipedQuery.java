package dev.logdash.core.query;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.core.parse.pattern.Extractor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A query with pipes: which events, the table that is made of them, what is done to its rows, and
 * which of its columns are shown. Columns are numbers into {@link Source#columns} and what steps
 * add behind them; a {@link Group} begins them anew.
 *
 * @param steps what is done to the rows, in this order
 * @param shown the columns of the answer, in its order
 */
public record PipedQuery(Filter filter, Source source, List<Step> steps, List<Integer> shown) {

  public PipedQuery {
    Objects.requireNonNull(filter, "filter");
    steps = List.copyOf(steps);
    shown = List.copyOf(shown);
  }

  /** What makes the first table. */
  public sealed interface Source {

    /** The names of its columns, in its order; no two are the same. */
    List<String> columns();
  }

  /** Groups of events, by ascending key, with functions over each. */
  public record Stats(List<Key> keys, List<Measure> measures) implements Source {
    public Stats {
      keys = List.copyOf(keys);
      measures = List.copyOf(measures);
    }

    @Override
    public List<String> columns() {
      return Stream.concat(keys.stream().map(Key::name), measures.stream().map(Measure::name))
          .toList();
    }
  }

  /** The most frequent values of fields, of the events that have all of them, and their counts. */
  public record Top(int rows, List<Field> fields, String count) implements Source {
    public Top {
      fields = List.copyOf(fields);
    }

    @Override
    public List<String> columns() {
      return Stream.concat(fields.stream().map(Field::name), Stream.of(count)).toList();
    }
  }

  /** The events themselves, the newest first, each with the values of fields. */
  public record Events(List<Field> fields) implements Source {
    public Events {
      fields = List.copyOf(fields);
    }

    @Override
    public List<String> columns() {
      return fields.stream().map(Field::name).toList();
    }
  }

  /** A group and the name of its column. */
  public record Key(String name, Aggregation.Group group) {}

  /** A function and the name of its column. */
  public record Measure(String name, Aggregation.Function function) {}

  /**
   * A field and the name of its column.
   *
   * @param field its canonical name; empty for the place of what a step computes
   */
  public record Field(String name, String field) {}

  /** What is done to the rows of a table. */
  public sealed interface Step {}

  /**
   * Orders the rows by columns, the first of which differs; rows that are equal keep their order.
   */
  public record Sort(List<SortKey> keys) implements Step {
    public Sort {
      keys = List.copyOf(keys);
    }
  }

  /** A column to order by. */
  public record SortKey(int column, boolean descending) {}

  /** Keeps the first rows. */
  public record Limit(int rows) implements Step {}

  /**
   * Keeps the rows that a condition holds for.
   *
   * @param columns the columns by the fields that the condition names
   */
  public record Where(Filter condition, Map<String, Integer> columns) implements Step {
    public Where {
      columns = Map.copyOf(columns);
    }
  }

  /** Computes a column from others. */
  public record Eval(String name, int column, Expression expression) implements Step {}

  /**
   * Takes columns out of the text of another.
   *
   * @param columns where the texts go, in the order of {@link Extractor#names}
   */
  public record Extract(int from, Extractor extractor, List<Integer> columns) implements Step {
    public Extract {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Groups the rows, by ascending key; its keys and functions are the columns from here on.
   *
   * @param measures functions whose fields are the numbers of columns
   * @param complete whether rows without one of the keys are left out
   */
  public record Group(List<RowKey> keys, List<Measure> measures, boolean complete) implements Step {
    public Group {
      keys = List.copyOf(keys);
      measures = List.copyOf(measures);
    }
  }

  /**
   * What rows are grouped by.
   *
   * @param widthNanos how wide a span of the times of the column is; 0 for its values
   */
  public record RowKey(String name, int column, long widthNanos) {}
}

package dev.logdash.core.table;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.ExactSum;
import dev.logdash.core.query.LongTotals;

/**
 * What one function of a table has seen of one group; for one thread at a time. The stores that
 * compute tables themselves share it, so that a function means and errs the same in all of them.
 */
public abstract sealed class FunctionState
    permits FunctionState.CountState,
        FunctionState.DistinctState,
        FunctionState.SumState,
        PercentileState {

  FunctionState() {}

  /** The state of a function for a group without events. */
  public static FunctionState of(Aggregation.Function function, TableBudget budget) {
    if (function instanceof Aggregation.Count) {
      return new CountState();
    }
    if (function instanceof Aggregation.Percentile percentile) {
      return new PercentileState(percentile.share(), budget);
    }
    if (function instanceof Aggregation.Distinct) {
      return new DistinctState(budget);
    }
    return new SumState(function);
  }

  /** Adds a number of the field. */
  public void add(long number) {}

  /** Adds a number of the field. */
  public void add(double number) {}

  /**
   * Adds numbers of the field. They lie in one {@link QuantileSketch#bucket}, unless the function
   * is no percentile.
   */
  public void add(LongTotals numbers) {}

  /** Adds a value of the field, by the {@link #hash} of the text that it is grouped by. */
  public void addHash(long hash) {}

  /** What tells values apart; equal for equal group keys. */
  public static long hash(String groupKey) {
    return DistinctValues.hash(groupKey);
  }

  /**
   * Adds the values of an event.
   *
   * @param field the canonical name of the field of the function
   */
  public final void add(LogEvent event, String field) {
    if (!field.isEmpty()) {
      EventFields.anyValue(event, field, this::addValue);
    }
  }

  boolean addValue(Object value) {
    if (value instanceof Long number) {
      add(number.longValue());
    } else if (value instanceof Double number) {
      add(number.doubleValue());
    }
    return false;
  }

  /**
   * What the function gives.
   *
   * @param events how many events the group has
   */
  public abstract double value(long events);

  static final class CountState extends FunctionState {
    @Override
    public double value(long events) {
      return events;
    }
  }

  static final class SumState extends FunctionState {
    private final Aggregation.Function function;
    private final ExactSum sum = new ExactSum();

    SumState(Aggregation.Function function) {
      this.function = function;
    }

    @Override
    public void add(long number) {
      sum.add(number);
    }

    @Override
    public void add(double number) {
      sum.add(number);
    }

    @Override
    public void add(LongTotals numbers) {
      sum.add(numbers);
    }

    @Override
    public double value(long events) {
      if (function instanceof Aggregation.Sum) {
        return sum.value();
      }
      if (function instanceof Aggregation.Mean) {
        return sum.mean();
      }
      return function instanceof Aggregation.Min ? sum.min() : sum.max();
    }
  }

  static final class DistinctState extends FunctionState {
    private final DistinctValues values;

    DistinctState(TableBudget budget) {
      values = new DistinctValues(budget);
    }

    @Override
    public void addHash(long hash) {
      values.add(hash);
    }

    @Override
    boolean addValue(Object value) {
      values.add(DistinctValues.hash(EventFields.groupKey(value)));
      return false;
    }

    @Override
    public double value(long events) {
      return values.count();
    }
  }
}

package dev.logdash.core.table;

import dev.logdash.core.query.LongTotals;

/** The sketch of one group, whose memory is taken from the budget of its table. */
final class PercentileState extends FunctionState {

  private final QuantileSketch sketch = new QuantileSketch();
  private final double share;
  private final TableBudget budget;

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  // A sketch has a page for each range of values that has any: never more than there are values.
  private double low = Double.POSITIVE_INFINITY;
  private double high;
  private boolean negative;
  private long mostPages;
  private long values;
  private long takenPages;

  PercentileState(double share, TableBudget budget) {
    this.share = share;
    this.budget = budget;
    budget.take(QuantileSketch.BYTES);
  }

  @Override
  public void add(long number) {
    add((double) number);
  }

  @Override
  public void add(double number) {
    add(number, number, 1);
  }

  @Override
  public void add(LongTotals numbers) {
    add((double) numbers.min(), (double) numbers.max(), numbers.count());
  }

  /** Adds numbers of one bucket, of which the smallest stands for all. */
  private void add(double smallest, double largest, long count) {
    values += count;
    min = Math.min(min, smallest);
    max = Math.max(max, largest);
    widen(smallest);
    long pages = Math.min(mostPages, values);
    if (pages > takenPages) {
      budget.take((pages - takenPages) * QuantileSketch.BYTES_OF_PAGE);
      takenPages = pages;
    }
    sketch.add(smallest, count);
  }

  @Override
  public double value(long events) {
    // The ends are known exactly, and so is what lies between equal ones.
    return values == 0 ? Double.NaN : Math.max(min, Math.min(max, sketch.quantile(share)));
  }

  private void widen(double number) {
    double magnitude = QuantileSketch.magnitude(number);
    boolean within = magnitude == 0 || (magnitude >= low && magnitude <= high);
    if (within && (negative || number >= 0)) {
      return;
    }
    if (magnitude != 0) {
      low = Math.min(low, magnitude);
      high = Math.max(high, magnitude);
      negative |= number < 0;
      mostPages = (long) QuantileSketch.pages(low, high) * (negative ? 2 : 1);
    }
  }
}

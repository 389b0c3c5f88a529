package dev.logdash.elasticsearch;

import dev.logdash.api.store.AppendResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts answers. Safe for use by many threads. */
final class Tally implements BulkWriter.Outcome {

  private final List<AppendResult.Rejection> rejections = new ArrayList<>();
  private int stored;
  private int duplicates;

  @Override
  public synchronized void done(int place) {
    stored++;
  }

  @Override
  public synchronized void duplicate(int place) {
    duplicates++;
  }

  @Override
  public synchronized void rejected(int place, String reason) {
    rejections.add(new AppendResult.Rejection(place, reason));
  }

  synchronized AppendResult result() {
    rejections.sort(Comparator.comparingInt(AppendResult.Rejection::index));
    return new AppendResult(stored, duplicates, rejections);
  }
}

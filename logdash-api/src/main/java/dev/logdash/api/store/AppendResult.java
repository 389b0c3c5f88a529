package dev.logdash.api.store;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param stored how many events are new in the store
 * @param duplicates how many were there already
 * @param rejected those that the store can never take, by ascending index
 */
public record AppendResult(int stored, int duplicates, List<Rejection> rejected) {

  public AppendResult {
    rejected = List.copyOf(rejected);
  }

  /**
   * An event that was refused.
   *
   * @param index its place in the batch, from 0
   */
  public record Rejection(int index, String reason) {}
}

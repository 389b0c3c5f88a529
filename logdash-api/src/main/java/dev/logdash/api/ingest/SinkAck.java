package dev.logdash.api.ingest;

import java.util.List;

/**
 * What became of a batch that a sink took.
 *
 * @param level how safe the accepted records are; lower than what was asked for only if they were
 *     taken and could not be made safer
 * @param accepted how many records were accepted
 * @param rejected the records that no retry will get in, by ascending index
 */
public record SinkAck(AckLevel level, int accepted, List<Rejected> rejected) {

  public SinkAck {
    rejected = List.copyOf(rejected);
  }

  /**
   * A record that was refused.
   *
   * @param index its place in the batch, from 0
   * @param reason why, for people
   */
  public record Rejected(int index, String reason) {}
}

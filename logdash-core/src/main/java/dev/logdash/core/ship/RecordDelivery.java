package dev.logdash.core.ship;

import dev.logdash.api.event.RawRecord;
import java.util.List;
import reactor.core.publisher.Mono;

/** Brings the records of one lane to where they are kept. Used for one batch at a time. */
interface RecordDelivery {

  /**
   * Delivers records once. Gives the answer when all but the refused ones are safe; fails with
   * {@link HttpDelivery.TooLargeException}, {@link HttpDelivery.LaterException} or a {@link
   * dev.logdash.api.error.BackendException} else, and may then be asked for the same records again,
   * more or fewer at a time.
   *
   * @param producer the identity of the lane
   */
  Mono<Answer> deliver(String producer, List<RawRecord> records);
}

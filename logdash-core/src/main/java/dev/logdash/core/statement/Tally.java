package dev.logdash.core.statement;

import dev.logdash.api.event.Severity;

/**
 * What the store says of some events.
 *
 * @param worst the number of the worst severity; 0 for none
 */
record Tally(long count, int worst) {

  static final Tally NONE = new Tally(0, 0);

  Tally and(Tally other) {
    return new Tally(count + other.count, Math.max(worst, other.worst));
  }

  Severity severity() {
    return Severity.of(worst);
  }
}

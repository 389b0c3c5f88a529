package dev.logdash.core.memory;

import dev.logdash.tck.LogSearchContract;
import java.time.Clock;

class InMemoryLogSearchTest extends LogSearchContract<InMemoryLogStore> {

  @Override
  protected InMemoryLogStore newStore(Clock clock) {
    return new InMemoryLogStore(clock);
  }
}

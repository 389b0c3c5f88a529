package dev.logdash.core.memory;

import dev.logdash.tck.LogStoreContract;
import java.time.Clock;

class InMemoryLogStoreTest extends LogStoreContract<InMemoryLogStore> {

  @Override
  protected InMemoryLogStore newStore(Clock clock) {
    return new InMemoryLogStore(clock);
  }

  @Override
  protected InMemoryLogStore reopen(InMemoryLogStore store) {
    return store;
  }
}

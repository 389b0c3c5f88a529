package dev.logdash.core.memory;

import dev.logdash.core.kit.PipeRecipesContract;
import dev.logdash.tck.MutableClock;

class InMemoryPipeRecipesTest extends PipeRecipesContract<InMemoryLogStore> {

  @Override
  protected InMemoryLogStore newStore() {
    return new InMemoryLogStore(MutableClock.atNoon());
  }
}

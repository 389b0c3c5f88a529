package dev.logdash.core.memory;

import dev.logdash.api.rollup.RollupStore;
import dev.logdash.tck.RollupStoreContract;

class InMemoryRollupStoreTest extends RollupStoreContract {

  @Override
  protected RollupStore openStore() {
    return new InMemoryRollupStore();
  }
}

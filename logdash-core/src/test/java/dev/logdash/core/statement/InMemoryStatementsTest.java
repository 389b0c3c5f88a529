package dev.logdash.core.statement;

import dev.logdash.core.kit.StatementContract;
import dev.logdash.core.memory.InMemoryLogStore;
import java.time.Clock;

class InMemoryStatementsTest extends StatementContract<InMemoryLogStore> {

  @Override
  protected InMemoryLogStore newStore(Clock clock) {
    return new InMemoryLogStore(clock);
  }
}

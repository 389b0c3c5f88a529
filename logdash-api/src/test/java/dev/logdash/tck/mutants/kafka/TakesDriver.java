package dev.logdash.tck.mutants.kafka;

import dev.logdash.tck.mutantdriver.Client;

public final class TakesDriver {
  public void use(Client client) {}
}

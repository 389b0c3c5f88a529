package dev.logdash.tck.mutants.kafka;

import dev.logdash.tck.mutantdriver.Client;

public final class ReturnsDriver {
  public Client client() {
    return new Client();
  }
}

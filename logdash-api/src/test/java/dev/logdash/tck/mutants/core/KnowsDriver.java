package dev.logdash.tck.mutants.core;

import dev.logdash.tck.mutantdriver.Client;

final class KnowsDriver {
  private final Client client = new Client();

  boolean isThere() {
    return client != null;
  }
}

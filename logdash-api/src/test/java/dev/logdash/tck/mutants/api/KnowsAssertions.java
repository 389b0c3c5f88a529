package dev.logdash.tck.mutants.api;

import org.assertj.core.api.Assertions;

final class KnowsAssertions {
  Class<?> outsider() {
    return Assertions.class;
  }
}

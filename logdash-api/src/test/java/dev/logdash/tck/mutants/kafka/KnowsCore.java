package dev.logdash.tck.mutants.kafka;

import dev.logdash.tck.mutants.core.text.Words;

final class KnowsCore {
  Class<?> outsider() {
    return Words.class;
  }
}

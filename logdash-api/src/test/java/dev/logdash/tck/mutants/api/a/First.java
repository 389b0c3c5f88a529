package dev.logdash.tck.mutants.api.a;

import dev.logdash.tck.mutants.api.b.Second;

public final class First {
  Class<?> next() {
    return Second.class;
  }
}

package dev.logdash.tck.mutants.api.b;

import dev.logdash.tck.mutants.api.a.First;

public final class Second {
  Class<?> next() {
    return First.class;
  }
}

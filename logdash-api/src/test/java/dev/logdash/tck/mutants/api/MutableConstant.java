package dev.logdash.tck.mutants.api;

import java.util.concurrent.atomic.AtomicLong;

final class MutableConstant {
  static final AtomicLong COUNT = new AtomicLong();

  private MutableConstant() {}
}

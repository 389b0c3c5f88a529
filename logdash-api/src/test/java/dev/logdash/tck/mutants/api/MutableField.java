package dev.logdash.tck.mutants.api;

final class MutableField {
  static int count;

  private MutableField() {}
}

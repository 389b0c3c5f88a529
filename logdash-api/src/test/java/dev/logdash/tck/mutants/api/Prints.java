package dev.logdash.tck.mutants.api;

final class Prints {
  void print() {
    System.out.println();
  }
}

package dev.logdash.tck.mutants.api;

final class Sleeps {
  void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}

package dev.logdash.embedded;

/** Ends a search that nobody waits for any more. */
final class CancelledSearch extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CancelledSearch() {
    super("cancelled", null, false, false);
  }
}

package dev.logdash.tck.mutants.api;

final class StringUtils {
  private StringUtils() {}
}

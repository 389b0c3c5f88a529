package dev.logdash.core.config;

/** Where panels are kept for a moment, and where live events pass. */
public enum CacheKind {
  /** In each process. */
  MEMORY,
  REDIS
}

package dev.logdash.core.config;

/** Where events are kept for search. */
public enum StoreKind {
  /** In the data folder. */
  EMBEDDED,
  ELASTICSEARCH
}

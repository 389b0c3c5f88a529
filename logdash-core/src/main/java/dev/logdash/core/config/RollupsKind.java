package dev.logdash.core.config;

/** Where statistics are kept, and with them users, rules and the state of the work. */
public enum RollupsKind {
  /** In the data folder. */
  EMBEDDED,
  MONGO
}

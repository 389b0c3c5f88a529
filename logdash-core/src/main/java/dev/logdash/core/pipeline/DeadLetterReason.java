package dev.logdash.core.pipeline;

/** Why a record became a dead letter. */
public enum DeadLetterReason {
  /** A parser failed on it. */
  DECODE,
  /** The store can never take the event. */
  REJECTED_BY_STORE,
  /** The server that it was sent to can never take it. */
  REFUSED_BY_SERVER
}

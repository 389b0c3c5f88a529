package dev.logdash.core.parse.pattern;

/** What a conversion word of a layout prints. */
enum LayoutWord {
  DATE,
  LEVEL,
  LOGGER,
  THREAD,
  THREAD_ID,
  THREAD_PRIORITY,
  MESSAGE,
  NEW_LINE,
  EXCEPTION,
  /** One key of the diagnostic context, or all. */
  CONTEXT,
  CONTEXT_STACK,
  MARKER,
  PROPERTY,
  CLASS,
  METHOD,
  FILE,
  LINE,
  LOCATION,
  CALLER,
  RELATIVE,
  PROCESS_ID,
  SEQUENCE,
  NANOS,
  UNIQUE_ID,
  CONTEXT_NAME,
  SERVICE,
  PAIRS,
  FULL_CLASS,
  /** A layout inside that is coloured, encoded or cut. */
  INSIDE,
  /** A layout inside that is left out where it is empty. */
  OPTIONAL,
  /** A text in square brackets with a space behind it, left out where it is empty. */
  BRACKETED
}

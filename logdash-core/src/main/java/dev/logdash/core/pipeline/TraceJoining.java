package dev.logdash.core.pipeline;

import dev.logdash.core.parse.multiline.Continuation;

/** Joins indented lines and stack traces to the line they follow. */
public final class TraceJoining implements LineJoining {

  @Override
  public boolean continues(byte[] buffer, int from, int to, int lines) {
    switch (Continuation.of(buffer, from, to)) {
      case INDENTED:
      case FRAME:
      case CAUSE:
        return true;
      case EXCEPTION:
        // A log line has one exception, and it follows at once; a later one is a log of its own.
        return lines == 1;
      default:
        return false;
    }
  }

  @Override
  public boolean isComplete(byte[] buffer, int from, int to) {
    return Continuation.isComplete(buffer, from, to);
  }
}

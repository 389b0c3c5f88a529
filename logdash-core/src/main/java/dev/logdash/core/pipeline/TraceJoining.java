package dev.logdash.core.pipeline;

import dev.logdash.core.parse.multiline.TraceLines;

/** Joins indented lines and stack traces to the line they follow. */
public final class TraceJoining implements LineJoining {

  @Override
  public int begin(byte[] buffer, int from, int to) {
    return TraceLines.begin(buffer, from, to);
  }

  @Override
  public int next(int state, byte[] buffer, int from, int to) {
    return TraceLines.next(state, buffer, from, to);
  }
}

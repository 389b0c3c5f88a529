package dev.logdash.server;

import dev.logdash.api.event.RawRecord;
import dev.logdash.core.pipeline.JoinLimits;
import dev.logdash.core.pipeline.LineJoining;
import dev.logdash.core.pipeline.TraceJoining;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Joins the lines of one input that belong to one event, such as a stack trace to its log line. */
final class LineJoiner {

  private static final JoinLimits LIMITS = JoinLimits.DEFAULTS;

  private final LineJoining joining = new TraceJoining();
  private @Nullable RawRecord first;
  private final ByteArrayOutputStream more = new ByteArrayOutputStream();
  private int state;
  private int lines;

  /** Takes the next line; the record that it ends, or null. */
  @Nullable RawRecord accept(RawRecord line) {
    RawRecord open = first;
    int next = open == null ? LineJoining.END : stateBehind(open, line);
    if (next != LineJoining.END) {
      state = next;
      more.write('\n');
      more.write(line.array(), line.start(), line.length());
      lines++;
      return null;
    }
    RawRecord done = end();
    first = line;
    state = joining.begin(line.array(), line.start(), line.start() + line.length());
    lines = 1;
    return done;
  }

  /** The record that the end of the input ends, or null. */
  @Nullable RawRecord end() {
    RawRecord open = first;
    first = null;
    if (open == null || more.size() == 0) {
      return open;
    }
    byte[] all = new byte[open.length() + more.size()];
    System.arraycopy(open.array(), open.start(), all, 0, open.length());
    System.arraycopy(more.toByteArray(), 0, all, open.length(), more.size());
    more.reset();
    return new RawRecord(
        open.origin(),
        open.offset(),
        open.receivedNanos(),
        open.dataset(),
        open.source(),
        open.headers(),
        all,
        0,
        all.length);
  }

  private int stateBehind(RawRecord open, RawRecord line) {
    boolean full =
        lines >= LIMITS.maxLines()
            || open.length() + more.size() + 1 + line.length() > LIMITS.maxBytes();
    int from = line.start();
    return full || state == LineJoining.END
        ? LineJoining.END
        : joining.next(state, line.array(), from, from + line.length());
  }
}

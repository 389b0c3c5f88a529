package dev.logdash.core.enrich;

import java.util.ArrayList;
import java.util.List;

/**
 * The root cause of a stack trace of Java, and the frames that led to it, the innermost first, as
 * far as {@value #MAX_FRAMES} of each throwable.
 *
 * <p>Suppressed throwables do not count. Frames that a cause has in common with what it caused, and
 * which the trace leaves out as {@code ... 7 more}, are put back, so that an exception keeps its
 * frames when somebody on its way out wraps it.
 *
 * @param type the class of the root cause; empty if the trace does not say
 */
record StackTrace(String type, List<StackFrame> frames) {

  private static final int MAX_FRAMES = 1_024;
  private static final String CAUSED_BY = "Caused by: ";
  // Of layouts that write the root cause first.
  private static final String WRAPPED_BY = "Wrapped by: ";
  private static final String SUPPRESSED = "Suppressed: ";
  private static final String UNCAUGHT = "Exception in thread \"";

  StackTrace {
    frames = List.copyOf(frames);
  }

  static StackTrace parse(String text) {
    return new Reader().read(text);
  }

  private static final class Reader {

    private String type = "";
    private List<StackFrame> frames = new ArrayList<>();
    private List<StackFrame> enclosing = List.of();
    private boolean rootFirst;
    // How far the suppressed throwable that is passed over is indented; -1 for none.
    private int suppressed = -1;

    StackTrace read(String text) {
      int at = 0;
      boolean first = true;
      while (at < text.length() && !rootFirst) {
        int lineEnd = text.indexOf('\n', at);
        int end = lineEnd < 0 ? text.length() : lineEnd;
        int start = at;
        while (start < end && text.charAt(start) <= ' ') {
          start++;
        }
        if (first && start < end) {
          type = typeOf(text, start, end);
          first = false;
        } else if (start < end) {
          line(text, start, end, start - at);
        }
        at = end + 1;
      }
      return new StackTrace(type, frames);
    }

    private void line(String text, int start, int end, int indent) {
      if (suppressed >= 0 && indent >= suppressed) {
        return;
      }
      suppressed = -1;
      if (text.startsWith("at ", start)) {
        StackFrame frame = frames.size() < MAX_FRAMES ? StackFrame.parse(text, start, end) : null;
        if (frame != null) {
          frames.add(frame);
        }
      } else if (text.startsWith(CAUSED_BY, start)) {
        enclosing = frames;
        frames = new ArrayList<>();
        type = typeOf(text, start + CAUSED_BY.length(), end);
      } else if (text.startsWith(WRAPPED_BY, start)) {
        rootFirst = true;
      } else if (text.startsWith(SUPPRESSED, start)) {
        suppressed = indent;
      } else if (text.startsWith("... ", start)) {
        restore(text, start + 4, end);
      }
    }

    // As the JDK writes it, "... 7 more", and Logback, "... 7 common frames omitted".
    private void restore(String text, int start, int end) {
      int count = 0;
      int at = start;
      while (at < end && at < start + 4 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        count = 10 * count + text.charAt(at) - '0';
        at++;
      }
      boolean common =
          text.startsWith(" more", at) || text.startsWith(" common frames omitted", at);
      if (common && at > start && count <= enclosing.size()) {
        int from = enclosing.size() - count;
        int room = Math.min(count, MAX_FRAMES - frames.size());
        frames.addAll(enclosing.subList(from, from + room));
      }
    }

    private static String typeOf(String text, int from, int to) {
      int start = from;
      if (text.startsWith(UNCAUGHT, from)) {
        int quote = text.substring(from, to).indexOf("\" ", UNCAUGHT.length());
        start = quote < 0 ? from : from + quote + 2;
      }
      int end = start;
      while (end < to && isPartOfType(text.charAt(end))) {
        end++;
      }
      boolean ends = end == to || text.charAt(end) == ':' || text.charAt(end) <= ' ';
      return ends ? StackFrame.stableClass(text.substring(start, end)) : "";
    }

    private static boolean isPartOfType(char c) {
      return Character.isJavaIdentifierPart(c) || c == '.' || c == '/';
    }
  }
}

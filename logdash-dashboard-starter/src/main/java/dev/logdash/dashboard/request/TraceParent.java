package dev.logdash.dashboard.request;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Which trace a request belongs to: what the host's own tracing put into the context of the thread,
 * else what the caller says in the header {@code traceparent} of the W3C.
 *
 * @param trace empty where there is none
 * @param span empty where there is none
 */
record TraceParent(String trace, String span) {

  static final String HEADER = "traceparent";

  private static final TraceParent NONE = new TraceParent("", "");
  private static final Pattern W3C =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
  private static final String NO_TRACE = "0".repeat(32);
  private static final String NO_SPAN = "0".repeat(16);
  private static final int LONGEST = 256;

  private static final List<String> TRACE_KEYS =
      List.of("traceId", "trace_id", "X-B3-TraceId", "dd.trace_id", "trace.id");
  private static final List<String> SPAN_KEYS =
      List.of("spanId", "span_id", "X-B3-SpanId", "dd.span_id", "span.id");

  static TraceParent of(@Nullable String header) {
    String trace = first(TRACE_KEYS);
    if (!trace.isEmpty()) {
      return new TraceParent(trace, first(SPAN_KEYS));
    }
    if (header == null || header.length() > LONGEST) {
      return NONE;
    }
    Matcher matcher = W3C.matcher(header);
    boolean known =
        matcher.matches()
            && !header.startsWith("ff")
            && !matcher.group(1).equals(NO_TRACE)
            && !matcher.group(2).equals(NO_SPAN);
    return known ? new TraceParent(matcher.group(1), matcher.group(2)) : NONE;
  }

  private static String first(List<String> keys) {
    for (String key : keys) {
      String value = MDC.get(key);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}

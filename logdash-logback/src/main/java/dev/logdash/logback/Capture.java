package dev.logdash.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.event.KeyValuePair;

/**
 * Captures on the calling thread what may be different later: context, thread, and the text of
 * arguments that may change. A message whose arguments cannot change is formatted by whoever reads
 * it.
 */
final class Capture {

  private static final Object[] NONE = {};
  // A LoggingEvent with its Instant, arguments and caches, as a heap histogram has it.
  private static final int EVENT_BYTES = 400;
  private static final int FRAME_BYTES = 96;
  private static final int ENTRY_BYTES = 64;
  private static final int MAX_BYTES = 1 << 30;
  private static final int MAX_CAUSES = 32;

  private static final Set<Class<?>> UNCHANGING =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Boolean.class,
          Double.class,
          Float.class,
          Short.class,
          Byte.class,
          Character.class,
          BigDecimal.class,
          BigInteger.class,
          UUID.class,
          Instant.class,
          Duration.class,
          LocalDate.class,
          LocalDateTime.class);

  private final boolean callerData;
  // Threads that run code of the host to make a text; there are hardly ever any.
  private final Set<Thread> rendering = ConcurrentHashMap.newKeySet();

  Capture(boolean callerData) {
    this.callerData = callerData;
  }

  /** Whether the thread is inside of {@link #capture}, which called code that logs. */
  boolean isInside(Thread thread) {
    return !rendering.isEmpty() && rendering.contains(thread);
  }

  /** The least that an event costs, known without looking into it. */
  static int leastBytes() {
    return EVENT_BYTES;
  }

  QueuedEvent capture(ILoggingEvent event, Thread thread) {
    long bytes = EVENT_BYTES;
    event.getThreadName();
    bytes += ofContext(event.getMDCPropertyMap());
    Object[] arguments = event.getArgumentArray();
    bytes += changes(arguments) ? rendered(event, thread) : ofArguments(event, arguments);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    Object[] values = NONE;
    if (pairs != null && !pairs.isEmpty()) {
      values = values(pairs, thread);
      bytes += ofPairs(values);
    }
    if (callerData) {
      bytes += (long) FRAME_BYTES * event.getCallerData().length;
    }
    IThrowableProxy error = event.getThrowableProxy();
    for (int i = 0; error != null && i < MAX_CAUSES; i++) {
      bytes += (long) FRAME_BYTES * error.getStackTraceElementProxyArray().length;
      error = error.getCause();
    }
    return new QueuedEvent(event, values, (int) Math.min(MAX_BYTES, bytes));
  }

  private static boolean changes(Object[] arguments) {
    if (arguments != null) {
      for (Object argument : arguments) {
        if (argument != null && !UNCHANGING.contains(argument.getClass())) {
          return true;
        }
      }
    }
    return false;
  }

  private long rendered(ILoggingEvent event, Thread thread) {
    rendering.add(thread);
    try {
      String message = event.getFormattedMessage();
      return message == null ? 0 : 2L * message.length();
    } finally {
      rendering.remove(thread);
    }
  }

  private static long ofArguments(ILoggingEvent event, Object[] arguments) {
    String template = event.getMessage();
    // Without arguments the message is the text; else the text is made later and counted here.
    long chars = template == null ? 0 : template.length();
    if (arguments != null) {
      for (Object argument : arguments) {
        chars += argument instanceof String text ? 2L * text.length() : 24;
      }
    }
    return 2 * chars;
  }

  private static long ofContext(Map<String, String> context) {
    if (context.isEmpty()) {
      return 0;
    }
    long bytes = 0;
    for (Map.Entry<String, String> entry : context.entrySet()) {
      String value = entry.getValue();
      bytes += ENTRY_BYTES + 2L * (value == null ? 0 : value.length());
    }
    return bytes;
  }

  private Object[] values(List<KeyValuePair> pairs, Thread thread) {
    Object[] values = new Object[2 * pairs.size()];
    int length = 0;
    for (KeyValuePair pair : pairs) {
      if (pair.value != null && length < values.length) {
        values[length++] = String.valueOf(pair.key);
        values[length++] = value(pair.value, thread);
      }
    }
    return length == values.length ? values : java.util.Arrays.copyOf(values, length);
  }

  private Object value(Object value, Thread thread) {
    if (UNCHANGING.contains(value.getClass())) {
      return value;
    }
    rendering.add(thread);
    try {
      return String.valueOf(value.toString());
    } catch (RuntimeException | StackOverflowError e) {
      // The words of SLF4J for an argument that fails.
      return "[FAILED toString()]";
    } finally {
      rendering.remove(thread);
    }
  }

  private static long ofPairs(Object[] pairs) {
    long bytes = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      bytes += ENTRY_BYTES + (pairs[i + 1] instanceof String text ? 2L * text.length() : 24);
    }
    return bytes;
  }
}

package dev.logdash.core.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event with a stack trace of Java {@value #FIELD}: the first 16 hexadecimal digits of the
 * SHA-256 of the type of the root cause and the {@value #FRAMES} innermost frames of the program,
 * as {@code type.method}, with a line feed before each frame, in UTF-8.
 */
final class FingerprintEnricher implements Enricher {

  /** The name that Elastic's APM has for what groups errors. */
  static final String FIELD = "error.grouping_key";

  // Enough to tell callers of shared code apart; deeper frames change with every refactoring.
  private static final int FRAMES = 5;
  private static final int BYTES = 8;

  private final InAppFrames inApp;

  FingerprintEnricher(InAppFrames inApp) {
    this.inApp = inApp;
  }

  @Override
  public LogEvent enrich(LogEvent event) {
    String trace = event.attributes().text(EcsFields.STACK_TRACE);
    if (trace.isEmpty() || isOfPython(trace) || event.attributes().get(FIELD) != null) {
      return event;
    }
    String fingerprint = fingerprint(trace, event.attributes().text(EcsFields.ERROR_TYPE));
    return fingerprint == null
        ? event
        : event.toBuilder()
            .attributes(event.attributes().toBuilder().put(FIELD, fingerprint).build())
            .build();
  }

  // Its types have points too, but its frames are not read.
  private static boolean isOfPython(String trace) {
    return trace.startsWith("Traceback (most recent call last):");
  }

  /** The fingerprint; null if the trace has no frames that can be read and no type. */
  private @Nullable String fingerprint(String trace, String givenType) {
    StackTrace parsed = StackTrace.parse(trace);
    String type = parsed.type().isEmpty() ? StackFrame.stableClass(givenType) : parsed.type();
    List<String> frames = inApp.of(parsed.frames(), FRAMES);
    // The JVM leaves the frames of what is thrown often out; other languages write theirs
    // otherwise.
    if (frames.isEmpty() && (type.indexOf('.') < 0 || !type.equals(givenType))) {
      return null;
    }
    StringBuilder text = new StringBuilder(type);
    for (String frame : frames) {
      text.append('\n').append(frame);
    }
    byte[] digest = sha256().digest(text.toString().getBytes(UTF_8));
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package dev.logdash.core.parse;

/** What the formats of some libraries say beyond the meaning of single keys. */
final class JsonLibraries {

  private static final String SECONDS = "instant.epochSecond";
  private static final String RUST_MESSAGE = "fields.message";
  private static final String EVENT = "event";
  private static final long SECOND = 1_000_000_000L;
  private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 1;

  private JsonLibraries() {}

  /** Adds what the members that were read say together. */
  static void complete(byte[] b, int from, int to, FieldSink sink) {
    if (!sink.hasTimestamp() && sink.get(SECONDS) instanceof Long seconds) {
      log4j(seconds, b, from, to, sink);
    }
    if (!sink.hasMessage()) {
      message(sink);
    }
    if (sink.contains(Names.ORIGIN_LINE)) {
      place(sink);
    }
  }

  /** Adds the stream that a container wrote the line to. */
  static void stream(FieldSink sink) {
    String stream = sink.text("stream");
    if (stream.equals("stdout") || stream.equals("stderr")) {
      sink.put(Names.STREAM, stream);
    }
  }

  /** The instant of Log4j's JsonLayout has two members. */
  private static void log4j(long seconds, byte[] b, int from, int to, FieldSink sink) {
    long nanos = sink.get("instant.nanoOfSecond") instanceof Long part ? part : 0;
    if (seconds >= 0 && seconds <= LAST_SECOND && nanos >= 0 && nanos < SECOND) {
      int text = Math.max(from, Bytes.indexOf(b, from, to, "\"instant\""));
      sink.timestamp(seconds * SECOND + nanos, false, b, text, Math.min(to, text + 9));
    }
  }

  private static void message(FieldSink sink) {
    MessageTemplate.put(sink);
    if (!sink.hasMessage()) {
      // The spans of Rust's tracing stand beside the fields of the event.
      String text = sink.text(RUST_MESSAGE);
      String target = text.isEmpty() ? "" : sink.text("target");
      if (!target.isEmpty()) {
        sink.put(Names.LOGGER, target);
      }
      if (text.isEmpty() && sink.severityNumber() > 0) {
        // Structlog calls its text the event; one word is the name of something.
        text = sink.text(EVENT).indexOf(' ') > 0 ? sink.text(EVENT) : "";
      }
      if (!text.isEmpty()) {
        sink.message(text);
      }
    }
  }

  /** Of Bunyan and pino the name is the program; of Python with its place it is a module. */
  private static void place(FieldSink sink) {
    String file = sink.text("filename");
    if (!file.isEmpty()) {
      sink.put(Names.ORIGIN_FILE, file);
    }
    String name = sink.text("name");
    if (name.indexOf('.') > 0) {
      sink.put(Names.LOGGER, name);
    }
  }
}

package dev.logdash.core.parse;

/**
 * JSON objects, one a record: ECS flat and nested, logstash-logback-encoder, Logback's encoder,
 * Log4j's layouts, and any other. Without a message of its own the whole record is the message. A
 * message without a level or logger beside it is a line that a shipper wrapped, and is read as one,
 * and so is that of an entry of systemd's journal. The names of Zeek mean what they mean there.
 */
final class JsonParser implements LineFormat {

  // Each entry of systemd's journal says how it came there; its priority is that of the stream.
  private static final String TRANSPORT = "_TRANSPORT";
  // What a shipper says of a line that it wrapped; the line itself knows better.
  private static final String STATUS = "status";
  private static final String DOTNET = "{\"EventId\":";
  private static final String MONGODB = "{\"t\":{\"$date\":";

  @Override
  public String name() {
    return "json";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '{' || Bytes.isSpace(first);
  }

  @Override
  public boolean excludesHigherRanks(byte[] b, int from, int to) {
    return !Bytes.startsWith(b, from, to, "{\"log\":");
  }

  @Override
  public boolean spansLines() {
    return true;
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to, FieldSink sink) {
    sink.scratch.hints.clear();
    boolean zeek = ZeekKeys.isIn(buffer, from, to);
    KeyCache keys = zeek ? sink.scratch.zeekKeys : sink.scratch.keys;
    if (!sink.scratch.json.readObject(buffer, from, to, sink, keys)) {
      sink.clear();
      return false;
    }
    boolean leveled = sink.severityNumber() > 0;
    sink.scratch.hints.deliver(buffer, sink);
    if (Bytes.startsWith(buffer, from, to, MONGODB)) {
      mongo(sink);
    }
    boolean wrapped =
        sink.severityNumber() == 0
            || sink.contains(TRANSPORT)
            || (!leveled && sink.contains(STATUS));
    if (wrapped) {
      JsonLibraries.stream(sink);
    }
    if (wrapped && sink.hasMessage() && !sink.contains(Names.LOGGER)) {
      FieldSink inner = sink.scratch.inner();
      sink.messageSlot().parse(inner);
      sink.adopt(inner);
    }
    JsonLibraries.complete(buffer, from, to, sink);
    if (Bytes.startsWith(buffer, from, to, DOTNET)) {
      dotnet(sink);
    }
    sink.message(buffer, from, Bytes.trimEnd(buffer, from, to));
    return true;
  }

  /** The formatter of .NET for consoles names the logger and the event so. */
  private static void dotnet(FieldSink sink) {
    String category = sink.text("Category");
    String code = sink.text("EventId");
    if (!category.isEmpty() && !code.isEmpty() && sink.hasSeverityText()) {
      sink.put(Names.LOGGER, category);
      sink.put("event.code", code);
    }
  }

  /** Of MongoDB since version 4.4 the names are one letter each. */
  private static void mongo(FieldSink sink) {
    String level = sink.text("s");
    if (!level.isEmpty()) {
      sink.severity(Severities.ofLetter((byte) level.charAt(0)), level);
    }
    String component = sink.text("c");
    if (component.length() > 1) {
      sink.put("mongodb.component", component);
    }
    String context = sink.text("ctx");
    if (!context.isEmpty()) {
      sink.put(Names.THREAD, context);
    }
  }
}

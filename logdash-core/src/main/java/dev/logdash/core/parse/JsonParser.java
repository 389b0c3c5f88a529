package dev.logdash.core.parse;

/**
 * JSON objects, one a record: ECS flat and nested, logstash-logback-encoder, Logback's encoder,
 * Log4j's layouts, and any other. Without a message of its own the whole record is the message. A
 * message without a level or logger beside it is a line that a shipper wrapped, and is read as one.
 */
final class JsonParser implements LineFormat {

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
    if (!sink.scratch.json.readObject(buffer, from, to, sink)) {
      sink.clear();
      return false;
    }
    sink.scratch.hints.deliver(buffer, sink);
    if (sink.hasMessage() && sink.severityNumber() == 0 && !sink.contains(Names.LOGGER)) {
      sink.unwrapMessage();
    }
    sink.message(buffer, from, Bytes.trimEnd(buffer, from, to));
    return true;
  }
}

package dev.logdash.core.parse;

/**
 * JSON objects, one a record: ECS flat and nested, logstash-logback-encoder, Logback's encoder,
 * Log4j's layouts, and any other. Without a message of its own the whole record is the message.
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
    if (!sink.scratch.json.readObject(buffer, from, to, sink)) {
      sink.clear();
      return false;
    }
    sink.message(buffer, from, Bytes.trimEnd(buffer, from, to));
    return true;
  }
}

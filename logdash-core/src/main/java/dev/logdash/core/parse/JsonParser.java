package dev.logdash.core.parse;

/**
 * JSON objects, one a record: ECS flat and nested, logstash-logback-encoder, Logback's encoder,
 * Log4j's layouts, and any other. Without a message of its own the whole record is the message.
 */
final class JsonParser implements LineParser {

  @Override
  public boolean parse(byte[] buffer, int from, int to, FieldSink sink) {
    if (!sink.json.readObject(buffer, from, to, sink)) {
      sink.clear();
      return false;
    }
    sink.message(buffer, from, Bytes.trimEnd(buffer, from, to));
    return true;
  }
}

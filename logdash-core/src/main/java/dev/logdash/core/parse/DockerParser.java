package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Lines of Docker's json-file driver, each with a line of the container inside: <code>
 * {"log":"text\\n","stream":"stdout","time":"2024-05-01T10:00:00.123456789Z"}</code>.
 */
final class DockerParser implements LineFormat {

  private static final String START = "{\"log\":\"";
  private static final String STREAM = "\",\"stream\":\"std";
  private static final String TIME = "\"time\":\"";

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '{';
  }

  @Override
  public Layer layer() {
    return Layer.CONTAINER;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, from, to, START)) {
      return false;
    }
    int text = from + START.length();
    int textEnd = HttpExchange.closingQuote(b, text, to);
    if (textEnd < 0
        || !Bytes.startsWith(b, textEnd, to, STREAM)
        || hasMore(b, textEnd + STREAM.length(), to)
        || !sink.scratch.json.isValid(b, from, to)) {
      return false;
    }
    int time = Bytes.indexOf(b, textEnd, to, TIME);
    int timeEnd = time < 0 ? -1 : Bytes.indexOf(b, time + TIME.length(), to, '"');
    if (timeEnd > 0 && sink.scratch.times.scan(b, time + TIME.length(), timeEnd) == timeEnd) {
      sink.scratch.times.deliver(b, time + TIME.length(), timeEnd, sink);
    }
    boolean out = Bytes.startsWith(b, textEnd + STREAM.length(), to, "out");
    sink.put(Names.STREAM, out ? "stdout" : "stderr");
    content(b, text, textEnd, sink);
    return true;
  }

  /** Whether a shipper added what Kubernetes says of the pod, which must not be lost. */
  private static boolean hasMore(byte[] b, int stream, int to) {
    return Bytes.indexOf(b, stream, to, "\"kubernetes\":") >= 0;
  }

  private static void content(byte[] b, int from, int to, FieldSink sink) {
    FieldSink content = sink.scratch.inner();
    int end = to - from >= 2 && b[to - 2] == '\\' && b[to - 1] == 'n' ? to - 2 : to;
    if (Bytes.indexOf(b, from, end, '\\') < 0) {
      Formats.parseContent(b, from, end, content);
    } else {
      byte[] line = JsonStrings.unescape(b, from, to).stripTrailing().getBytes(UTF_8);
      Formats.parseContent(line, 0, line.length, content);
    }
    sink.adopt(content);
  }
}

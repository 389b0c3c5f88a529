package dev.logdash.core.parse;

/**
 * Lines of Kubernetes' container runtime interface, each with a line of the container inside:
 * {@code 2016-10-06T00:17:09.669794202Z stdout F text}.
 */
final class CriParser implements LineFormat {

  @Override
  public String name() {
    return "cri";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public Layer layer() {
    return Layer.CONTAINER;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 10, to) != 'T') {
      return false;
    }
    int end = sink.scratch.times.scan(b, from, to);
    if (end < 0 || Bytes.at(b, end, to) != ' ') {
      return false;
    }
    boolean out = Bytes.startsWith(b, end + 1, to, "stdout ");
    if (!out && !Bytes.startsWith(b, end + 1, to, "stderr ")) {
      return false;
    }
    // The tag is F for a full line or P for a part of one; further tags follow a colon.
    int tag = end + 8;
    int tagEnd = Bytes.endOfWord(b, tag, to);
    byte behind = Bytes.at(b, tag + 1, to);
    if (tagEnd == tag || (b[tag] != 'F' && b[tag] != 'P') || (tagEnd > tag + 1 && behind != ':')) {
      return false;
    }
    sink.scratch.times.deliver(b, from, end, sink);
    sink.put(Names.STREAM, out ? "stdout" : "stderr");
    FieldSink content = sink.scratch.inner();
    Formats.parseContent(b, Math.min(tagEnd + 1, to), to, content);
    sink.adopt(content);
    return true;
  }
}

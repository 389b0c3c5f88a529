package dev.logdash.core.parse;

/**
 * Lines with the name of their program in front, as tools print them that show the logs of several
 * at once: {@code web-1 | text} of {@code docker compose logs}, {@code [pod/shop-7c/shop] text} of
 * {@code kubectl logs --prefix}, and {@code 0|shop | text} of {@code pm2 logs}, with a time of day
 * before it or not.
 */
final class PrefixParser implements LineFormat {

  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_ID = 6;

  @Override
  public String name() {
    return "prefix";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isLetter(first) || Bytes.isDigit(first) || first == '[';
  }

  @Override
  public Layer layer() {
    return Layer.CONTAINER;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from, to) == '[') {
      return kubectl(b, from, to, sink);
    }
    int nameEnd = from;
    while (nameEnd < to && isNameByte(b[nameEnd])) {
      nameEnd++;
    }
    byte next = Bytes.at(b, nameEnd, to);
    if (next == ' ') {
      return compose(b, from, nameEnd, to, sink);
    }
    if (next != '|' && next != ':') {
      return false;
    }
    int id = from;
    if (next == ':') {
      if (nameEnd != from + 2) {
        return false;
      }
      int end = sink.scratch.times.scanTimeOfDay(b, from, to);
      id = Math.max(from, end + 1);
      // A layout with a time of day may have numbers and bars too.
      if (end < 0
          || Bytes.at(b, end, to) != ' '
          || !Bytes.isDigit(Bytes.at(b, id, to))
          || sink.scratch.layout.read(b, end, to)) {
        return false;
      }
    }
    return pm2(b, from, id, to, sink);
  }

  /** Two spaces at the least, since names are padded to the longest and one more. */
  private static boolean compose(byte[] b, int from, int nameEnd, int to, FieldSink sink) {
    int bar = Bytes.skipSpaces(b, nameEnd, to);
    if (bar < nameEnd + 2 || nameEnd - from > LONGEST_NAME || !isBar(b, bar, to)) {
      return false;
    }
    int service = nameEnd;
    while (service > from && Bytes.isDigit(b[service - 1])) {
      service--;
    }
    // A container may have a name of its own, without the number of the replica.
    boolean numbered =
        service < nameEnd && service - 1 > from && (b[service - 1] == '-' || b[service - 1] == '_');
    FieldSink content = sink.scratch.inner();
    int text = Math.min(bar + 2, to);
    if (numbered) {
      Formats.parseContent(b, text, to, content);
    }
    if (numbered
        ? isCell(content)
        : Severities.ofWord(b, from, nameEnd) > 0 || !Formats.parseSure(b, text, to, content)) {
      content.clear();
      return false;
    }
    sink.put("container.name", b, from, nameEnd);
    sink.adopt(content);
    sink.put(Names.SERVICE, b, from, numbered ? service - 1 : nameEnd);
    return true;
  }

  private static boolean kubectl(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, from, to, "[pod/")) {
      return false;
    }
    int pod = from + 5;
    int close = Bytes.indexOf(b, pod, Math.min(to, pod + 2 * LONGEST_NAME), ']');
    int slash = close < 0 ? -1 : Bytes.indexOf(b, pod, close, '/');
    if (slash <= pod || slash + 1 >= close || (close + 1 < to && b[close + 1] != ' ')) {
      return false;
    }
    sink.put("kubernetes.pod.name", b, pod, slash);
    sink.put("kubernetes.container.name", b, slash + 1, close);
    FieldSink content = sink.scratch.inner();
    Formats.parseContent(b, Math.min(close + 2, to), to, content);
    sink.adopt(content);
    return true;
  }

  private static boolean pm2(byte[] b, int from, int id, int to, FieldSink sink) {
    int idEnd = Bytes.endOfDigits(b, id, to);
    if (idEnd == id || idEnd - id > LONGEST_ID || Bytes.at(b, idEnd, to) != '|') {
      return false;
    }
    int name = idEnd + 1;
    int nameEnd = name;
    while (nameEnd < to && isNameByte(b[nameEnd])) {
      nameEnd++;
    }
    int bar = Bytes.skipSpaces(b, nameEnd, to);
    if (nameEnd == name
        || bar == nameEnd
        || !isBar(b, bar, to)
        || Severities.ofWord(b, name, nameEnd) > 0) {
      return false;
    }
    FieldSink content = sink.scratch.inner();
    Formats.parseContent(b, Math.min(bar + 2, to), to, content);
    if (isCell(content)) {
      content.clear();
      return false;
    }
    if (id > from) {
      sink.scratch.times.scanTimeOfDay(b, from, to);
      sink.scratch.times.deliver(b, from, id - 1, sink);
    }
    sink.put("pm2.id", Bytes.number(b, id, idEnd));
    sink.adopt(content);
    sink.put(Names.SERVICE, b, name, nameEnd);
    return true;
  }

  /** Whether it may be one of a table, as is what has neither a time nor a level. */
  private static boolean isCell(FieldSink content) {
    return !content.hasTimestamp() && content.severityNumber() == 0;
  }

  private static boolean isBar(byte[] b, int at, int to) {
    return Bytes.at(b, at, to) == '|' && (at + 1 == to || b[at + 1] == ' ');
  }

  private static boolean isNameByte(byte c) {
    return Bytes.isLetter(c) || Bytes.isDigit(c) || c == '-' || c == '_' || c == '.' || c == '@';
  }
}

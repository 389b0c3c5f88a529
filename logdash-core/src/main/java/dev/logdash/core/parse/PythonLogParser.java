package dev.logdash.core.parse;

/** The default of Python's logging: {@code WARNING:shop.cart:text}. */
final class PythonLogParser implements LineFormat {

  @Override
  public String name() {
    return "python";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first >= 'A' && first <= 'Z';
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int colon = Bytes.indexOf(b, from, Math.min(to, from + 9), ':');
    int severity =
        colon > 0 && LayoutWords.isUpperCase(b, from, colon)
            ? Severities.ofWord(b, from, colon)
            : 0;
    int end = severity == 0 ? -1 : Bytes.indexOf(b, colon + 1, to, ':');
    if (end < 0 || !LayoutWords.isLogger(b, colon + 1, end)) {
      return false;
    }
    sink.severity(severity, b, from, colon);
    sink.put(Names.LOGGER, b, colon + 1, end);
    sink.message(b, end + 1, Bytes.trimEnd(b, end + 1, to));
    return true;
  }
}

package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One text of a record: a span of its bytes that is decoded when it is asked for, or a string. */
final class TextSlot {

  private enum Form {
    NONE,
    SPAN,
    ESCAPED,
    STRING
  }

  private static final byte[] NO_BYTES = new byte[0];

  private Form form = Form.NONE;
  private byte[] bytes = NO_BYTES;
  private int from;
  private int to;
  private String string = "";

  void clear() {
    form = Form.NONE;
    bytes = NO_BYTES;
    string = "";
  }

  boolean isSet() {
    return form != Form.NONE;
  }

  void set(byte[] buffer, int start, int end) {
    form = Form.SPAN;
    bytes = buffer;
    from = start;
    to = end;
  }

  /** The inner part of a valid JSON string. */
  void setEscaped(byte[] buffer, int start, int end) {
    set(buffer, start, end);
    form = Form.ESCAPED;
  }

  void set(String text) {
    form = Form.STRING;
    string = text;
  }

  void set(TextSlot other) {
    form = other.form;
    bytes = other.bytes;
    from = other.from;
    to = other.to;
    string = other.string;
  }

  /** Adds lines that stand behind a line feed at {@code start - 1}. */
  void addLines(byte[] buffer, int start, int end) {
    if (form == Form.SPAN
        && buffer == bytes
        && to < start
        && Bytes.trimEnd(buffer, to, start - 1) == to) {
      to = end;
    } else {
      String before = isSet() ? get() + '\n' : "";
      set(before + new String(buffer, start, end - start, UTF_8));
    }
  }

  /** Parses the text into a clear sink. */
  void parse(FieldSink sink) {
    if (form == Form.SPAN) {
      Formats.parseMessage(bytes, from, to, sink);
    } else {
      byte[] text = get().getBytes(UTF_8);
      Formats.parseMessage(text, 0, text.length, sink);
    }
  }

  /** Adds what the text tells to the fields of the sink. */
  void findFacts(FieldSink sink) {
    if (form == Form.SPAN || form == Form.ESCAPED) {
      sink.scratch.facts.find(bytes, from, to, sink);
      sink.scratch.marks.find(bytes, from, sink.scratch.facts.end(), sink);
    } else if (form == Form.STRING) {
      byte[] text = string.getBytes(UTF_8);
      sink.scratch.facts.find(text, 0, text.length, sink);
      sink.scratch.marks.find(text, 0, sink.scratch.facts.end(), sink);
    }
  }

  /** The text, or the empty string. */
  String get() {
    switch (form) {
      case SPAN:
        return new String(bytes, from, to - from, UTF_8);
      case ESCAPED:
        return JsonStrings.unescape(bytes, from, to);
      default:
        return string;
    }
  }
}

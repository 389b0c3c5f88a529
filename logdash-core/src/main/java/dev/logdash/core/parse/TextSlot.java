package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One text of a record: a span of its bytes that is decoded when it is asked for, or a string. */
final class TextSlot {

  // Forms of a text. No enum: a store of a reference is dearer than that of a number.
  private static final byte NONE = 0;
  private static final byte SPAN = 1;
  private static final byte ESCAPED = 2;
  private static final byte STRING = 3;

  private static final byte[] NO_BYTES = new byte[0];

  private byte form = NONE;
  private byte[] bytes = NO_BYTES;
  private int from;
  private int to;
  private String string = "";

  /** Forgets the text. The bytes stay referred to until the next one comes. */
  void clear() {
    form = NONE;
  }

  boolean isSet() {
    return form != NONE;
  }

  void set(byte[] buffer, int start, int end) {
    form = SPAN;
    if (bytes != buffer) {
      bytes = buffer;
    }
    from = start;
    to = end;
  }

  /** The inner part of a valid JSON string. */
  void setEscaped(byte[] buffer, int start, int end) {
    set(buffer, start, end);
    form = ESCAPED;
  }

  void set(String text) {
    form = STRING;
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
    if (form == SPAN
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
    if (form == SPAN) {
      Formats.parseMessage(bytes, from, to, sink);
    } else {
      byte[] text = get().getBytes(UTF_8);
      Formats.parseMessage(text, 0, text.length, sink);
    }
  }

  /** Adds what the text tells to the fields of the sink. */
  void findFacts(FieldSink sink) {
    if (form == SPAN || form == ESCAPED) {
      sink.scratch.facts.find(bytes, from, to, sink);
      sink.scratch.marks.find(bytes, from, sink.scratch.facts.end(), sink);
    } else if (form == STRING) {
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
      case STRING:
        return string;
      default:
        return "";
    }
  }
}

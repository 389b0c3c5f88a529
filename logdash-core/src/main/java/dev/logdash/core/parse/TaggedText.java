package dev.logdash.core.parse;

/** A text behind the tag of a program, as in {@code shop[42]: text}; the tag may be missing. */
final class TaggedText {

  private TaggedText() {}

  /** Puts the program, its process id and the text as the message. */
  static void put(byte[] b, int from, int to, FieldSink sink) {
    int tagEnd = Bytes.endOfWord(b, from, to);
    int text = from;
    if (tagEnd > from && b[tagEnd - 1] == ':') {
      int open = Bytes.indexOf(b, from, tagEnd, '[');
      sink.put(Names.PROCESS, b, from, open > from ? open : tagEnd - 1);
      long pid = open > from ? Bytes.number(b, open + 1, Bytes.endOfDigits(b, open + 1, to)) : -1;
      if (pid >= 0) {
        sink.put(Names.PID, pid);
      }
      text = Bytes.skipSpaces(b, tagEnd, to);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
  }
}

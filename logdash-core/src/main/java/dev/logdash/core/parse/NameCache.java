package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Names of fields that are made of a prefix and a key of the record; each is made once. */
final class NameCache {

  private static final int LONGEST = 128;

  private final byte[] text = new byte[LONGEST];

  /** The name; a key that is too long for one gives the empty name, which no field has. */
  String under(String prefix, byte[] b, int from, int to, FieldSink sink) {
    int length = prefix.length() + to - from;
    if (length > LONGEST) {
      return "";
    }
    byte[] front = prefix.getBytes(US_ASCII);
    System.arraycopy(front, 0, text, 0, front.length);
    System.arraycopy(b, from, text, front.length, to - from);
    return sink.scratch.keys.get(text, 0, length).own();
  }
}

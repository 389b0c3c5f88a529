package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A constant part of JSON, as {@link JsonBytes#raw(Fragment)} copies it. */
final class Fragment {

  static final Fragment NONE = new Fragment("");

  /** The fragment, with zeros up to a multiple of eight. */
  final byte[] padded;

  final int length;

  private Fragment(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    length = bytes.length;
    padded = Arrays.copyOf(bytes, (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
  }

  static Fragment of(String json) {
    return json.isEmpty() ? NONE : new Fragment(json);
  }

  /** A text in quotes, escaped. */
  static String quoted(String text) {
    JsonBytes json = new JsonBytes(2 * text.length() + 16);
    json.raw('"');
    json.text(text);
    json.raw('"');
    return new String(json.array(), 0, json.length(), UTF_8);
  }
}

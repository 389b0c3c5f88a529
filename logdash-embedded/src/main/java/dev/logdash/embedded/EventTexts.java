package dev.logdash.embedded;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts and names of fields as bytes. */
final class EventTexts {

  private static final int UTF8 = 0;
  private static final int UTF16 = 1;
  private static final int HEX = 2;

  // Shorter ones save nothing.
  private static final int MIN_HEX = 8;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The names that have numbers. New ones go to the end; none is ever taken away. */
  private static final List<String> NAMES =
      List.of(
          "http.request.method",
          "http.response.status_code",
          "http.response.body.bytes",
          "http.request.referrer",
          "http.route",
          "http.version",
          "url.original",
          "url.path",
          "url.query",
          "user_agent.original",
          "source.ip",
          "source.port",
          "user.name",
          "event.duration",
          "log.logger",
          "process.thread.name",
          "process.name",
          "process.pid",
          "host.hostname",
          "error.type",
          "error.message",
          "error.stack_trace",
          "@version",
          "event.original_time",
          "logdash.time.replaced",
          "log.form");

  private static final Map<String, Integer> NUMBERS = numbers();

  private EventTexts() {}

  /**
   * Writes a text: hexadecimal digits as half bytes, else as UTF-8, or as UTF-16 if it holds what
   * is no character and UTF-8 would lose it.
   */
  static void write(Bytes bytes, String text) {
    int length = text.length();
    if (isHex(text)) {
      bytes.writeVarLong((long) (length / 2) << 2 | HEX);
      for (int i = 0; i < length; i += 2) {
        bytes.writeByte(
            Character.digit(text.charAt(i), 16) << 4 | Character.digit(text.charAt(i + 1), 16));
      }
      return;
    }
    boolean wide = !isWellFormed(text);
    byte[] encoded = wide ? utf16(text) : text.getBytes(StandardCharsets.UTF_8);
    bytes.writeVarLong((long) encoded.length << 2 | (wide ? UTF16 : UTF8));
    bytes.writeBytes(encoded, encoded.length);
  }

  static String read(Bytes bytes) {
    long header = bytes.readVarLong();
    return read(bytes, header >>> 2, (int) header & 3);
  }

  /** Reads a text of the first version of events, which knew no half bytes. */
  static String readVersion1(Bytes bytes) {
    long header = bytes.readVarLong();
    return read(bytes, header >>> 1, (int) header & 1);
  }

  static void writeName(Bytes bytes, String name) {
    Integer number = NUMBERS.get(name);
    if (number == null) {
      bytes.writeVarLong(0);
      write(bytes, name);
    } else {
      bytes.writeVarLong(number + 1L);
    }
  }

  static String readName(Bytes bytes) {
    long number = bytes.readVarLong();
    if (number == 0) {
      return read(bytes);
    }
    if (number < 0 || number > NAMES.size()) {
      throw new IllegalStateException("name of number " + number);
    }
    return NAMES.get((int) number - 1);
  }

  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static String read(Bytes bytes, long size, int kind) {
    int length = (int) size;
    bytes.require(length);
    int from = bytes.position();
    bytes.skip(length);
    byte[] array = bytes.array();
    switch (kind) {
      case UTF8:
        return length == 0 ? "" : new String(array, from, length, StandardCharsets.UTF_8);
      case UTF16:
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
          int at = from + 2 * i;
          chars[i] = (char) ((array[at] & 0xFF) << 8 | (array[at + 1] & 0xFF));
        }
        return new String(chars);
      case HEX:
        byte[] digits = new byte[2 * length];
        for (int i = 0; i < length; i++) {
          digits[2 * i] = DIGITS[array[from + i] >> 4 & 15];
          digits[2 * i + 1] = DIGITS[array[from + i] & 15];
        }
        return new String(digits, StandardCharsets.US_ASCII);
      default:
        throw new IllegalStateException("text of kind " + kind);
    }
  }

  private static boolean isHex(String text) {
    int length = text.length();
    if (length < MIN_HEX || length % 2 != 0) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static byte[] utf16(String text) {
    byte[] encoded = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      encoded[2 * i] = (byte) (text.charAt(i) >>> 8);
      encoded[2 * i + 1] = (byte) text.charAt(i);
    }
    return encoded;
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    for (String name : NAMES) {
      numbers.put(name, numbers.size());
    }
    return Map.copyOf(numbers);
  }
}

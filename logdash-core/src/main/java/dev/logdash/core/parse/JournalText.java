package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that systemd's journal writes as arrays of numbers, one for each byte, since they are not
 * UTF-8 or have control characters in them.
 */
final class JournalText {

  private JournalText() {}

  /** The text, or null if the elements are no bytes. */
  static @Nullable String of(List<String> elements) {
    byte[] bytes = new byte[elements.size()];
    for (int i = 0; i < bytes.length; i++) {
      String element = elements.get(i);
      if (element.isEmpty() || element.length() > 3) {
        return null;
      }
      int value = 0;
      for (int at = 0; at < element.length(); at++) {
        int digit = element.charAt(at) - '0';
        if (digit < 0 || digit > 9) {
          return null;
        }
        value = 10 * value + digit;
      }
      if (value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes.length == 0 ? null : new String(bytes, UTF_8);
  }
}

package dev.logdash.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Reads addresses, and nothing that a name server would have to be asked for. */
final class AddressText {

  private static final int MAX_LENGTH = 45;

  private AddressText() {}

  /** The address; null if the text is none. One with a zone is of no network but its own. */
  static @Nullable InetAddress parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      if (text.indexOf(':') < 0) {
        byte[] four = four(text);
        return four == null ? null : InetAddress.getByAddress(four);
      }
      return isSix(text) ? InetAddress.getByName(text) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  // With a colon it is read as an address or refused, without being looked up.
  private static boolean isSix(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] four(String text) {
    byte[] bytes = new byte[4];
    int at = 0;
    for (int part = 0; part < 4; part++) {
      int value = 0;
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        value = 10 * value + text.charAt(at++) - '0';
        if (value > 255) {
          return null;
        }
      }
      if (at == start || at == text.length() != (part == 3)) {
        return null;
      }
      if (part < 3 && text.charAt(at++) != '.') {
        return null;
      }
      bytes[part] = (byte) value;
    }
    return bytes;
  }
}

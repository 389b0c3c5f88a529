package dev.logdash.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A network, or an address as a network of one.
 *
 * @param bits how many leading bits are the network
 */
record Network(InetAddress base, int bits) {

  // What InetAddress takes for an address without asking anybody for a name.
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  static boolean isLiteral(String text) {
    return LITERAL.matcher(text).matches();
  }

  static Network parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || !isLiteral(parts[0])) {
      throw new IllegalArgumentException("not an address or a network: " + text);
    }
    InetAddress base = address(parts[0]);
    int most = base.getAddress().length * 8;
    try {
      int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
      if (bits >= 0 && bits <= most) {
        return new Network(base, bits);
      }
    } catch (NumberFormatException e) {
      // Told like a number out of range.
    }
    throw new IllegalArgumentException("a network has 0 to " + most + " bits: " + text);
  }

  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address or a network: " + literal, e);
    }
  }
}

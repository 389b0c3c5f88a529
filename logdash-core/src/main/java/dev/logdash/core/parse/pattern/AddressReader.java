package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.Addresses;
import dev.logdash.core.parse.Bytes;

/** Reads an IPv4 or IPv6 address. */
enum AddressReader implements Node.Reader {
  IP("[0-9A-Fa-f:.]{2,45}"),
  IPV4("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}"),
  IPV6("[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}");

  private static final ByteSet FIRST = ByteSet.HEX.or(ByteSet.of(':'));

  private final String regex;

  AddressReader(String regex) {
    this.regex = regex;
  }

  @Override
  public int end(byte[] b, int from, int to) {
    int end = Addresses.end(b, from, to);
    if (end < 0 || this == IP) {
      return end;
    }
    boolean colon = Bytes.indexOf(b, from, end, ':') >= 0;
    return colon == (this == IPV6) ? end : -1;
  }

  @Override
  public ByteSet first() {
    return FIRST;
  }

  @Override
  public String regex() {
    return regex;
  }
}

package dev.logdash.notify;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the addresses of the internet from those that mean something else: the special-purpose
 * registries of IANA for IPv4 and IPv6, and the addresses of metadata services.
 */
final class GlobalAddresses {

  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              // A global address at which a cloud answers its own machines.
              "168.63.129.16/32",
              // Protocol assignments, Teredo among them, which holds an IPv4 address.
              "2001::/23",
              "2001:db8::/32",
              // 6to4, which holds an IPv4 address and is obsolete.
              "2002::/16",
              "3fff::/20")
          .map(Network::parse)
          .toList();

  // IANA has given out nothing else of IPv6 for the internet.
  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");
  private static final Network NAT64 = Network.parse("64:ff9b::/96");

  private GlobalAddresses() {}

  static boolean contain(InetAddress address) {
    if (address instanceof Inet6Address && NAT64.contains(address)) {
      return contain(embedded(address));
    }
    boolean allocated = address instanceof Inet4Address || GLOBAL_UNICAST.contains(address);
    return allocated && SPECIAL.stream().noneMatch(network -> network.contains(address));
  }

  /**
   * Where only IPv6 is spoken all of IPv4 is reached through NAT64, so the inner address counts.
   */
  private static InetAddress embedded(InetAddress address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}

package dev.logdash.dashboard.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says where a request came from and whether it came over TLS, behind proxies that are named.
 * {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed only as far as they were
 * written by one of them; anybody else may send these headers and is not listened to.
 */
public final class TrustedProxies {

  /** Nobody: what the connection says holds. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  // Beyond this a list of proxies is an attempt to keep us busy.
  private static final int MAX_HOPS = 32;

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  /**
   * Proxies at these addresses.
   *
   * @param networks addresses, or networks such as {@code 10.0.0.0/8} and {@code fd00::/8}
   * @throws IllegalArgumentException for what is neither
   */
  public static TrustedProxies of(List<String> networks) {
    return new TrustedProxies(networks.stream().map(Network::parse).toList());
  }

  /**
   * Where a request came from.
   *
   * @param address of the client; the nearest one that is no trusted proxy
   * @param secure whether the client used TLS
   */
  public record Client(String address, boolean secure) {}

  /**
   * Who sent a request.
   *
   * @param peer the address at the other end of the connection
   * @param secure whether the connection itself is TLS
   * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in their order
   * @param forwardedProto the values of all {@code X-Forwarded-Proto} headers, in their order
   */
  public Client client(
      String peer, boolean secure, List<String> forwardedFor, List<String> forwardedProto) {
    if (!isTrusted(peer)) {
      return new Client(peer, secure);
    }
    String address = peer;
    List<String> hops = split(forwardedFor);
    Collections.reverse(hops);
    for (String hop : hops.subList(0, Math.min(hops.size(), MAX_HOPS))) {
      InetAddress parsed = address(hop);
      if (parsed == null) {
        break;
      }
      address = parsed.getHostAddress();
      if (!isTrusted(address)) {
        break;
      }
    }
    // The nearest proxy writes what it saw last; what stands before may be the client's own words.
    List<String> protocols = split(forwardedProto);
    boolean forwardedSecure =
        protocols.isEmpty()
            ? secure
            : protocols.get(protocols.size() - 1).equalsIgnoreCase("https");
    return new Client(address, forwardedSecure);
  }

  private boolean isTrusted(String address) {
    InetAddress parsed = address(address);
    return parsed != null && networks.stream().anyMatch(network -> network.contains(parsed));
  }

  private static List<String> split(List<String> values) {
    List<String> parts = new ArrayList<>();
    for (String value : values) {
      for (String part : value.split(",", -1)) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  /** The address that a text is, without asking anybody for a name; null if it is none. */
  private static @Nullable InetAddress address(String text) {
    int zone = text.indexOf('%');
    String literal = zone < 0 ? text : text.substring(0, zone);
    if (literal.startsWith("[") && literal.endsWith("]")) {
      literal = literal.substring(1, literal.length() - 1);
    }
    if (!LITERAL.matcher(literal).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * @param bits how many leading bits are the network
   */
  private record Network(InetAddress base, int bits) {

    static Network parse(String text) {
      String[] parts = text.strip().split("/", -1);
      InetAddress base = parts.length <= 2 ? address(parts[0]) : null;
      if (base == null) {
        throw new IllegalArgumentException("not an address or a network: " + text);
      }
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
  }
}

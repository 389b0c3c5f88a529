package dev.logdash.notify;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which receivers inside the own network may be told. Everything outside of it may be; an address
 * that is not global (loopback, private, link-local and the like, metadata services among them) is
 * refused unless it is named here. Immutable.
 */
public final class NotifyPolicy {

  /** Nothing inside the own network. */
  public static final NotifyPolicy EXTERNAL_ONLY = new NotifyPolicy(Set.of(), List.of());

  private final Set<String> hosts;
  private final List<Network> networks;

  private NotifyPolicy(Set<String> hosts, List<Network> networks) {
    this.hosts = Set.copyOf(hosts);
    this.networks = List.copyOf(networks);
  }

  /**
   * Opens these as well.
   *
   * @param internal names of hosts, each for itself and without wildcards, addresses, and networks
   *     such as {@code 10.1.0.0/16} and {@code fd00::/8}
   * @throws IllegalArgumentException for what is none of these
   */
  public static NotifyPolicy allowing(List<String> internal) {
    Set<String> hosts = new HashSet<>();
    List<Network> networks = new ArrayList<>();
    for (String entry : internal) {
      String text = entry.strip();
      if (text.indexOf('/') >= 0 || Network.isLiteral(text)) {
        networks.add(Network.parse(text));
      } else if (Hosts.isName(text)) {
        hosts.add(Hosts.canonical(text));
      } else {
        throw new IllegalArgumentException("not a host, an address or a network: " + entry);
      }
    }
    return new NotifyPolicy(hosts, networks);
  }

  boolean allows(String host) {
    return hosts.contains(Hosts.canonical(host));
  }

  boolean allows(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}

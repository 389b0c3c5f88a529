package dev.logdash.notify;

import dev.logdash.api.error.BackendException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Says to which addresses a connection to a host may go. */
final class Egress {

  private final NotifyPolicy policy;
  private final Names names;

  Egress(NotifyPolicy policy) {
    this(policy, InetAddress::getAllByName);
  }

  Egress(NotifyPolicy policy, Names names) {
    this.policy = policy;
    this.names = names;
  }

  /** Gives the addresses of a host. */
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /**
   * Addresses that were checked. A connection goes to one of them and never asks for the name
   * again, since a second answer may differ.
   *
   * @param named whether the policy names all of them
   */
  record Checked(List<InetAddress> addresses, boolean named) {}

  /**
   * Looks a host up, once.
   *
   * @param host a name or an address without brackets
   * @throws BackendException.Misconfigured if any of its addresses is neither global nor allowed
   * @throws BackendException.Unavailable if it has none
   */
  Checked check(String host) {
    List<InetAddress> addresses;
    try {
      addresses = List.of(names.resolve(host));
    } catch (UnknownHostException e) {
      throw new BackendException.Unavailable("the host " + host + " is not known", null);
    }
    if (addresses.isEmpty()) {
      throw new BackendException.Unavailable("the host " + host + " has no address", null);
    }
    boolean byName = policy.allows(host);
    boolean named = byName || addresses.stream().allMatch(policy::allows);
    for (InetAddress address : addresses) {
      if (!byName && !policy.allows(address) && !GlobalAddresses.contain(address)) {
        throw new BackendException.Misconfigured(
            host
                + " is an address inside of the network; logdash.notify.allow-internal has to name"
                + " it",
            null);
      }
    }
    return new Checked(addresses, named);
  }
}

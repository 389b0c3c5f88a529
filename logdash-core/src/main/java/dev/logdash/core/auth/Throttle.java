package dev.logdash.core.auth;

import dev.logdash.api.auth.AttemptCounters;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slows down whoever guesses: after a few failures each further try has to wait, twice as long as
 * the one before, up to a bound. There is no lock, and waiting is not made longer by knocking.
 *
 * <p>Failures count for the user and for the network of the client. From a network where the user
 * has signed in before, they count for the two together instead of for the user, so that somebody
 * else's guesses do not keep the user out. A try counts as a failure until it succeeds, so that
 * many at once gain nothing. Kept in memory: a restart forgets it, and each process counts for
 * itself; {@link SharedThrottle} adds what others count.
 */
final class Throttle {

  private static final int MAX_ENTRIES = 10_000;
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final Limit USER = new Limit(5, Duration.ofSeconds(30));
  private static final Limit NETWORK = new Limit(20, Duration.ofMinutes(15));

  private final Clock clock;
  private final Map<String, Failures> failures = new Bounded<>();
  private final Map<String, Boolean> signedIn = new Bounded<>();

  Throttle(Clock clock) {
    this.clock = clock;
  }

  /**
   * Begins a try.
   *
   * @return how long to wait before it may be made; zero if it may be made now and was counted
   */
  synchronized Duration enter(String user, String client) {
    Instant now = clock.instant();
    List<Failures> counted = List.of(userFailures(user, client), networkFailures(client));
    Instant allowed = now;
    for (Failures one : counted) {
      one.forget(now);
      allowed = one.allowed.isAfter(allowed) ? one.allowed : allowed;
    }
    if (allowed.isAfter(now)) {
      return Duration.between(now, allowed);
    }
    counted.forEach(one -> one.add(now));
    return Duration.ZERO;
  }

  /** Takes back a try that was not made. */
  synchronized void withdraw(String user, String client) {
    userFailures(user, client).takeBack();
    networkFailures(client).takeBack();
  }

  synchronized void succeeded(String user, String client) {
    userFailures(user, client).clear();
    // Only this try: a right password of one user must not pay for guesses at others.
    networkFailures(client).takeBack();
    signedIn.put(pair(user, client), true);
  }

  /** What instances count together for a user, who may have signed in from this network here. */
  synchronized AttemptCounters.Counter userCounter(String user, String client) {
    return USER.counter(userKey(user, client));
  }

  /** What instances count together for the network of a client. */
  static AttemptCounters.Counter networkCounter(String client) {
    return NETWORK.counter("net " + network(client));
  }

  /** How many users and networks are remembered. */
  synchronized int size() {
    return failures.size();
  }

  private Failures userFailures(String user, String client) {
    return failures.computeIfAbsent(userKey(user, client), name -> new Failures(USER));
  }

  private String userKey(String user, String client) {
    String pair = pair(user, client);
    return signedIn.containsKey(pair) ? pair : "user " + user;
  }

  private Failures networkFailures(String client) {
    return failures.computeIfAbsent("net " + network(client), name -> new Failures(NETWORK));
  }

  private static String pair(String user, String client) {
    return "pair " + network(client) + ' ' + user;
  }

  /** An IPv4 address, or the 64 bits of an IPv6 address that a site has for itself. */
  static String network(String client) {
    int zone = client.indexOf('%');
    String address = zone < 0 ? client : client.substring(0, zone);
    if (address.indexOf(':') < 0) {
      return address.length() <= 64 ? address : address.substring(0, 64);
    }
    try {
      // With a colon it is never looked up as a name.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /**
   * @param free failures without a delay
   * @param longest delay
   */
  private record Limit(int free, Duration longest) {

    AttemptCounters.Counter counter(String key) {
      return new AttemptCounters.Counter(key, free, longest);
    }

    Duration delay(int failures) {
      if (failures <= free) {
        return Duration.ZERO;
      }
      Duration delay = Duration.ofSeconds(1L << Math.min(20, failures - free - 1));
      return delay.compareTo(longest) > 0 ? longest : delay;
    }
  }

  private static final class Failures {

    private final Limit limit;
    private int count;
    private Instant last = Instant.MIN;
    private Instant allowed = Instant.MIN;

    Failures(Limit limit) {
      this.limit = limit;
    }

    void forget(Instant now) {
      if (count > 0 && last.plus(FORGOTTEN_AFTER).isBefore(now)) {
        clear();
      }
    }

    void add(Instant now) {
      count++;
      last = now;
      allowed = now.plus(limit.delay(count));
    }

    void takeBack() {
      if (count > 0) {
        count--;
        allowed = limit.delay(count).isZero() ? Instant.MIN : last.plus(limit.delay(count));
      }
    }

    void clear() {
      count = 0;
      allowed = Instant.MIN;
    }
  }

  /** Forgets what was not looked at for longest, so that made-up names cannot fill the memory. */
  private static final class Bounded<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;

    Bounded() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MAX_ENTRIES;
    }
  }
}

package dev.logdash.elasticsearch;

import dev.logdash.api.tls.TrustedAuthorities;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an {@link ElasticsearchLogStore}; building connects to nothing. */
public final class ElasticsearchLogStoreBuilder {

  private static final int OLDEST = 8;
  private static final int NEWEST = 9;
  private static final int MAX_SHARDS = 1_024;
  private static final int MAX_BULK = 90 << 20;

  // A part of the name of an index, which may not start with - or _.
  private static final Pattern PREFIX = Pattern.compile("|[a-z0-9][a-z0-9_-]{0,63}");

  private final List<URI> urls;
  private final Clock clock;
  private String authorization = "";
  private @Nullable Path authority;
  private @Nullable Path certificate;
  private int compatibility = OLDEST;
  private String prefix = "";
  private int shards = 1;
  private int replicas = 1;
  private Duration refresh = Duration.ofMillis(500);
  private Duration timeout = Duration.ofSeconds(30);
  private Duration retryFor = Duration.ofSeconds(30);
  private int maxBulkBytes = 5 << 20;
  private int groupsOfAPart = 10_000;
  private @Nullable LongUnaryOperator random;

  ElasticsearchLogStoreBuilder(List<URI> urls, Clock clock) {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("no address of Elasticsearch given");
    }
    for (URI url : urls) {
      if (url.getHost() == null || url.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "an address of Elasticsearch has a scheme, a host and a port, and no credentials");
      }
    }
    this.urls = List.copyOf(urls);
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Signs in with an API key, in the encoded form that the server gave out. */
  public ElasticsearchLogStoreBuilder apiKey(String encoded) {
    authorization = "ApiKey " + encoded;
    return this;
  }

  /** Signs in as a user. */
  public ElasticsearchLogStoreBuilder user(String name, String password) {
    byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    authorization = "Basic " + Base64.getEncoder().encodeToString(both);
    return this;
  }

  /** Trusts the certificate authorities of a PEM file, and no others. */
  public ElasticsearchLogStoreBuilder certificateAuthority(Path pem) {
    authority = pem;
    return this;
  }

  /** Shows a certificate where the server wants one; a PEM file that also has its key. */
  public ElasticsearchLogStoreBuilder clientCertificate(Path pem) {
    certificate = pem;
    return this;
  }

  /** The version of the interface to speak: 8, which servers of 8 and 9 know, or 9. */
  public ElasticsearchLogStoreBuilder compatibility(int version) {
    if (version < OLDEST || version > NEWEST) {
      throw new IllegalArgumentException("compatibility is not 8 or 9: " + version);
    }
    compatibility = version;
    return this;
  }

  /** Stands in front of the name of each index, so that several installations share a cluster. */
  public ElasticsearchLogStoreBuilder prefix(String value) {
    if (!PREFIX.matcher(value).matches()) {
      throw new IllegalArgumentException("a prefix has up to 64 of a-z, 0-9, _ and -: " + value);
    }
    prefix = value;
    return this;
  }

  /** Of each new index. */
  public ElasticsearchLogStoreBuilder shards(int shardCount, int replicaCount) {
    if (shardCount < 1 || shardCount > MAX_SHARDS || replicaCount < 0) {
      throw new IllegalArgumentException(shardCount + " shards with " + replicaCount + " copies");
    }
    shards = shardCount;
    replicas = replicaCount;
    return this;
  }

  /** How soon events are findable; at most a second. */
  public ElasticsearchLogStoreBuilder refreshInterval(Duration value) {
    requireWithin("refreshInterval", value, Duration.ofMillis(10), Duration.ofSeconds(1));
    refresh = value;
    return this;
  }

  /** How long one request may take. */
  public ElasticsearchLogStoreBuilder timeout(Duration value) {
    requireWithin("timeout", value, Duration.ofMillis(10), Duration.ofMinutes(10));
    timeout = value;
    return this;
  }

  /** How long events are sent again that a busy server did not take, before a batch fails. */
  public ElasticsearchLogStoreBuilder retryFor(Duration value) {
    requireWithin("retryFor", value, Duration.ZERO, Duration.ofHours(1));
    retryFor = value;
    return this;
  }

  /** The most bytes of one request with events; a larger event goes alone. */
  public ElasticsearchLogStoreBuilder maxBulkBytes(int value) {
    if (value < 1 || value > MAX_BULK) {
      throw new IllegalArgumentException("maxBulkBytes is not within 1 and " + MAX_BULK);
    }
    maxBulkBytes = value;
    return this;
  }

  /** Where waits between attempts come from: a number from 0 to below the given one. */
  ElasticsearchLogStoreBuilder random(LongUnaryOperator value) {
    random = value;
    return this;
  }

  /** How many groups of a table are asked for at a time. */
  ElasticsearchLogStoreBuilder groupsOfAPart(int value) {
    groupsOfAPart = value;
    return this;
  }

  /**
   * Connects to nothing.
   *
   * @throws IllegalArgumentException if an authority or a certificate is named and an address is
   *     not {@code https}
   */
  public ElasticsearchLogStore build() {
    TrustedAuthorities trust =
        authority == null ? TrustedAuthorities.ofJava() : TrustedAuthorities.of(authority);
    trust = certificate == null ? trust : trust.showing(certificate);
    boolean plain = urls.stream().anyMatch(url -> !"https".equalsIgnoreCase(url.getScheme()));
    if (trust.needTls() && plain) {
      throw new IllegalArgumentException(
          "an authority or a certificate is named, but an address of Elasticsearch does not begin with"
              + " https://");
    }
    LongUnaryOperator waits = random;
    if (waits == null) {
      SplittableRandom source = new SplittableRandom();
      waits = bound -> nextLong(source, bound);
    }
    Settings settings =
        new Settings(
            urls,
            authorization,
            trust,
            compatibility,
            prefix,
            shards,
            replicas,
            refresh,
            timeout,
            retryFor,
            maxBulkBytes,
            groupsOfAPart);
    return new ElasticsearchLogStore(settings, clock, waits);
  }

  private static long nextLong(SplittableRandom source, long bound) {
    synchronized (source) {
      return source.nextLong(bound);
    }
  }

  private static void requireWithin(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(what + " is not within " + least + " and " + most);
    }
  }
}

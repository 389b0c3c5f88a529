package dev.logdash.elasticsearch;

import dev.logdash.api.tls.TrustedAuthorities;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a store is reached and how it writes.
 *
 * @param authorization the whole header; empty for none
 * @param trust whose certificates are believed
 * @param compatibility the version of the interface that is spoken
 * @param prefix in front of the names of indices; may be empty
 * @param refresh after which events are findable
 * @param timeout of one request
 * @param retryFor how long events are sent again before the batch fails
 * @param maxBulkBytes of one request; a larger event goes alone
 * @param groupsOfAPart of a table, in one answer
 */
record Settings(
    List<URI> urls,
    String authorization,
    TrustedAuthorities trust,
    int compatibility,
    String prefix,
    int shards,
    int replicas,
    Duration refresh,
    Duration timeout,
    Duration retryFor,
    int maxBulkBytes,
    int groupsOfAPart) {

  /** The addresses, for messages: no credentials are in them. */
  String where() {
    return urls.stream()
        .map(url -> url.getScheme() + "://" + url.getHost() + ":" + url.getPort())
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return "Elasticsearch at " + where();
  }
}

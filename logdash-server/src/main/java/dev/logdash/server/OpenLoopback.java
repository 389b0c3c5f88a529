package dev.logdash.server;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Credentials;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.store.Filter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Lets programs on this machine send logs without a key. Not what a proxy on this machine passes
 * on, which says from whom it is, and not what a page in a browser sends, which says where it is
 * from.
 */
final class OpenLoopback implements Authenticator {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
  private static final List<String> FOREIGN =
      List.of(
          "Origin",
          "Sec-Fetch-Site",
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "Via");

  @Override
  public Mono<Principal> authenticate(Credentials credentials) {
    return Mono.defer(
        () -> {
          boolean direct =
              LOOPBACK.contains(credentials.clientAddress())
                  && FOREIGN.stream().allMatch(name -> credentials.headers(name).isEmpty());
          return direct
              ? Mono.just(
                  new Principal(
                      "loopback",
                      Set.of(),
                      Map.of(Permission.INGEST, Filter.ALL),
                      Set.of(RawRecord.DEFAULT_DATASET)))
              : Mono.empty();
        });
  }
}

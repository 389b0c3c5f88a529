package dev.logdash.core.alert;

import dev.logdash.api.document.Document;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads documents one by one: one that cannot be read is said once, and keeps no other back. */
final class Decoding {

  private static final Logger LOG = LoggerFactory.getLogger(Decoding.class);
  private static final int MOST_SAID = 1_000;

  private final Set<String> said = ConcurrentHashMap.newKeySet();

  <T> Flux<T> each(Flux<Document> documents, Function<Document, T> read) {
    return documents.concatMap(
        document ->
            Mono.fromCallable(() -> read.apply(document))
                .onErrorResume(
                    error -> {
                      String what = document.key() + "@" + document.version();
                      if (said.size() < MOST_SAID && said.add(what)) {
                        LOG.warn("{} cannot be read and is left out", document.key(), error);
                      }
                      return Mono.empty();
                    }));
  }
}

package dev.logdash.core.auth;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The documents of the users. */
final class UserDocuments {

  private static final String PREFIX = "auth/user/";
  private static final int PAGE = 500;

  private final DocumentStore store;

  UserDocuments(DocumentStore store) {
    this.store = store;
  }

  /** A name as it is stored: case does not matter. Not necessarily a name that can exist. */
  static String fold(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  static boolean isName(String name) {
    return name.matches("[a-z0-9][a-z0-9._@+-]{0,63}");
  }

  /** A user by folded name; empty if there is none. */
  Mono<StoredUser> find(String name) {
    return isName(name) ? store.get(PREFIX + name).map(StoredUser::of) : Mono.empty();
  }

  Flux<StoredUser> all() {
    return page("");
  }

  Mono<Boolean> areNone() {
    return store.list(PREFIX, "", 1).hasElements().map(some -> !some);
  }

  /** Whether the user was added; false if there is one of the name. */
  Mono<Boolean> add(StoredUser user) {
    return store.put(PREFIX + user.name(), DocumentStore.ABSENT, user.body()).hasElement();
  }

  /**
   * Changes a user, over again if somebody else changed it meanwhile; empty if there is none.
   *
   * @param before what has to succeed before the change is written
   */
  Mono<StoredUser> update(
      String name, Function<StoredUser, Mono<Void>> before, UnaryOperator<StoredUser> change) {
    return document(name)
        .flatMap(
            document -> {
              StoredUser user = StoredUser.of(document);
              StoredUser changed = change.apply(user);
              return before
                  .apply(user)
                  .then(
                      Mono.defer(
                          () -> store.put(document.key(), document.version(), changed.body())))
                  .map(version -> changed)
                  .switchIfEmpty(Mono.defer(() -> update(name, before, change)));
            });
  }

  /** Removes a user; whether there was one. */
  Mono<Boolean> remove(String name, Function<StoredUser, Mono<Void>> before) {
    return document(name)
        .flatMap(
            document ->
                before
                    .apply(StoredUser.of(document))
                    .then(Mono.defer(() -> store.delete(document.key(), document.version())))
                    .flatMap(removed -> removed ? Mono.just(true) : remove(name, before)))
        .defaultIfEmpty(false);
  }

  private Mono<Document> document(String name) {
    return isName(name) ? store.get(PREFIX + name) : Mono.empty();
  }

  private Flux<StoredUser> page(String after) {
    return store
        .list(PREFIX, after, PAGE)
        .collectList()
        .flatMapMany(
            page -> {
              Flux<StoredUser> users = Flux.fromIterable(page).map(StoredUser::of);
              return page.size() < PAGE
                  ? users
                  : users.concatWith(Flux.defer(() -> page(page.get(PAGE - 1).key())));
            });
  }
}

package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.Breaks;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.DocumentStoreContract;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each store here breaks one promise, and the fact of that promise alone must notice. */
class BrokenDocumentStoresTest {

  static Stream<Class<?>> variants() {
    return Arrays.stream(BrokenDocumentStoresTest.class.getDeclaredClasses())
        .filter(type -> type.isAnnotationPresent(Breaks.class));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void failsTheFactOfItsPromiseAlone(Class<?> variant) {
    assertThat(ContractRun.of(variant).failed())
        .isEqualTo(Set.of(variant.getAnnotation(Breaks.class).value()));
  }

  @Test
  void breaksEachFact() {
    assertThat(variants().map(variant -> variant.getAnnotation(Breaks.class).value()))
        .hasSameElementsAs(ContractRun.facts(DocumentStoreContract.class));
  }

  @Tag("broken")
  abstract static class Variant extends DocumentStoreContract implements DocumentStore {

    final DocumentStore store = new InMemoryDocumentStore();

    @Override
    protected DocumentStore openStore() {
      return this;
    }

    @Override
    public Mono<Document> get(String key) {
      return store.get(key);
    }

    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      return store.put(key, expectedVersion, body);
    }

    @Override
    public Mono<Boolean> delete(String key, long expectedVersion) {
      return store.delete(key, expectedVersion);
    }

    @Override
    public Flux<Document> list(String prefix, String after, int limit) {
      return store.list(prefix, after, limit);
    }

    @Override
    public Flux<Change> changesSince(long cursor, int limit) {
      return store.changesSince(cursor, limit);
    }

    @Override
    public Mono<Void> check() {
      return store.check();
    }

    @Override
    public void close() {}

    /** The version that is stored, or {@link DocumentStore#ABSENT}. */
    long versionOf(String key) {
      Document document = store.get(key).block();
      return document == null ? ABSENT : document.version();
    }

    /** Writes whatever version is expected. */
    Mono<Long> force(String key, String body) {
      return Mono.defer(() -> store.put(key, versionOf(key), body));
    }
  }

  @Breaks("isUsableWhenEmpty")
  static class FailingWhenEmpty extends Variant {
    @Override
    public Mono<Void> check() {
      return Mono.error(new BackendException.Unavailable("nothing there", null));
    }
  }

  @Breaks("keepsKeyVersionAndBody")
  static class EndingAtTheFirstNul extends Variant {
    @Override
    public Mono<Document> get(String key) {
      return store
          .get(key)
          .map(found -> new Document(key, found.version(), found.body().split("\0", 2)[0]));
    }
  }

  @Breaks("takesBodiesUpToTheirLimitAndRefusesLarger")
  static class CuttingWhatIsTooLarge extends Variant {
    private static final int MAX_CHARACTERS = 4 << 20;

    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      int kept = Math.min(body.length(), MAX_CHARACTERS);
      return store.put(key, expectedVersion, body.substring(0, kept));
    }
  }

  @Breaks("replacesADocumentOfTheExpectedVersionWithAGreaterOne")
  static class KeepingTheOldBodyAtFirst extends Variant {
    private final Map<String, String> old = new HashMap<>();

    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      Document before = store.get(key).block();
      return store
          .put(key, expectedVersion, body)
          .doOnSuccess(version -> remember(version == null ? null : before));
    }

    private void remember(Document before) {
      old.clear();
      if (before != null) {
        old.put(before.key(), before.body());
      }
    }

    @Override
    public Mono<Document> get(String key) {
      return store
          .get(key)
          .map(found -> new Document(key, found.version(), old.getOrDefault(key, found.body())));
    }
  }

  @Breaks("refusesToReplaceADocumentOfAnotherVersion")
  static class ReplacingNewerVersions extends Variant {
    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      return Mono.defer(
          () ->
              body.equals("c") && expectedVersion > versionOf(key)
                  ? force(key, body)
                  : store.put(key, expectedVersion, body));
    }
  }

  @Breaks("refusesToCreateADocumentThatIsThere")
  static class CreatingOverWhatIsThere extends Variant {
    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      return expectedVersion == ABSENT && key.startsWith("rule/")
          ? force(key, body)
          : store.put(key, expectedVersion, body);
    }
  }

  @Breaks("refusesToReplaceADocumentThatIsNotThere")
  static class ReplacingWhatIsNotThere extends Variant {
    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      return Mono.defer(
          () ->
              versionOf(key) == ABSENT ? force(key, body) : store.put(key, expectedVersion, body));
    }
  }

  @Breaks("deletesADocumentOfTheExpectedVersion")
  static class ListingWhatWasDeleted extends Variant {
    private final Map<String, Document> deleted = new HashMap<>();

    @Override
    public Mono<Boolean> delete(String key, long expectedVersion) {
      return Mono.defer(
          () -> {
            Document before = store.get(key).block();
            return store
                .delete(key, expectedVersion)
                .doOnNext(done -> remember(done ? before : null));
          });
    }

    private void remember(Document document) {
      if (document != null) {
        deleted.put(document.key(), document);
      }
    }

    @Override
    public Flux<Document> list(String prefix, String after, int limit) {
      return store
          .list(prefix, after, limit)
          .concatWith(Flux.defer(() -> Flux.fromIterable(deleted.values())));
    }
  }

  @Breaks("deletesNoDocumentOfAnotherVersion")
  static class DeletingAnyVersion extends Variant {
    @Override
    public Mono<Boolean> delete(String key, long expectedVersion) {
      return Mono.defer(
          () ->
              expectedVersion == ABSENT && versionOf(key) != ABSENT
                  ? store.delete(key, versionOf(key))
                  : store.delete(key, expectedVersion));
    }
  }

  @Breaks("neverUsesAVersionAgainAfterADeletion")
  static class CountingFromOneAgain extends Variant {
    private final Map<String, Long> shift = new HashMap<>();

    @Override
    public Mono<Boolean> delete(String key, long expectedVersion) {
      return store
          .delete(key, outer(key, expectedVersion))
          .doOnNext(done -> shift.put(key, done ? expectedVersion : shift.getOrDefault(key, 0L)));
    }

    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      return store.put(key, outer(key, expectedVersion), body).map(version -> inner(key, version));
    }

    private long outer(String key, long version) {
      return version == ABSENT ? ABSENT : version + shift.getOrDefault(key, 0L);
    }

    private long inner(String key, long version) {
      return version - shift.getOrDefault(key, 0L);
    }
  }

  @Breaks("listsAPrefixByAscendingKey")
  static class SortingWithoutAccents extends Variant {
    @Override
    public Flux<Document> list(String prefix, String after, int limit) {
      return store
          .list(prefix, after, limit)
          .sort(Comparator.comparing(document -> document.key().replace('ä', 'a')));
    }
  }

  @Breaks("listsPageByPage")
  static class StartingWithTheKeyBefore extends Variant {
    @Override
    public Flux<Document> list(String prefix, String after, int limit) {
      return after.startsWith("rule/")
          ? store.get(after).concatWith(store.list(prefix, after, limit)).take(limit)
          : store.list(prefix, after, limit);
    }
  }

  @Breaks("reportsChangesOldestFirst")
  static class ReportingByKey extends Variant {
    @Override
    public Flux<Change> changesSince(long cursor, int limit) {
      return store.changesSince(cursor, limit).sort(Comparator.comparing(Change::key));
    }
  }

  @Breaks("reportsDeletionsUntilTheKeyComesBack")
  static class ReportingDeletionsAsChanges extends Variant {
    @Override
    public Flux<Change> changesSince(long cursor, int limit) {
      return store
          .changesSince(cursor, limit)
          .map(change -> new Change(change.cursor(), change.key(), false));
    }
  }

  @Breaks("continuesFromACursor")
  static class RepeatingTheLastChange extends Variant {
    @Override
    public Flux<Change> changesSince(long cursor, int limit) {
      return store
          .changesSince(Math.max(0, cursor - 1), limit)
          .filter(change -> change.cursor() > cursor || !change.deleted());
    }
  }

  @Breaks("reportsNoChangeForWhatItRefused")
  static class ReportingAttempts extends Variant {
    private Change attempt;

    @Override
    public Mono<Boolean> delete(String key, long expectedVersion) {
      return store
          .delete(key, expectedVersion)
          .doOnNext(done -> attempt = done ? attempt : new Change(1_000, key, true));
    }

    @Override
    public Flux<Change> changesSince(long cursor, int limit) {
      return store
          .changesSince(cursor, limit)
          .concatWith(Mono.defer(() -> Mono.justOrEmpty(attempt)));
    }
  }

  @Breaks("doesNothingBeforeSubscription")
  static class Eager extends Variant {
    @Override
    public Mono<Boolean> delete(String key, long expectedVersion) {
      Mono<Boolean> done = store.delete(key, expectedVersion).cache();
      done.subscribe(unused -> {}, error -> {});
      return done;
    }
  }

  @Breaks("letsOneOfManyRacingWritersWin")
  static class LookingFirstAndWritingLater extends Variant {
    private final CountDownLatch looked = new CountDownLatch(2);

    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      return key.equals("lease")
          ? Mono.fromCallable(() -> race(key, expectedVersion, body))
          : store.put(key, expectedVersion, body);
    }

    private Long race(String key, long expectedVersion, String body) throws InterruptedException {
      if (versionOf(key) != expectedVersion) {
        return null;
      }
      looked.countDown();
      looked.await(5, TimeUnit.SECONDS);
      synchronized (this) {
        return force(key, body).block();
      }
    }
  }

  @Breaks("refusesALimitBelowOneAtOnce")
  static class RefusingLater extends Variant {
    @Override
    public Flux<Document> list(String prefix, String after, int limit) {
      return Flux.defer(() -> store.list(prefix, after, limit));
    }
  }
}

package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Retention;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.LogStoreContract;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each promise of the contract is noticed by one test, and by no other, when it is broken. */
class BrokenLogStoresTest {

  private static final LogQuery ALL = LogQuery.builder().limit(LogQuery.MAX_LIMIT).build();

  @ParameterizedTest
  @EnumSource
  void failsOnlyTheTestOfItsPromise(Broken broken) {
    Subject.current = broken;

    assertThat(ContractRun.of(Subject.class).failed()).containsExactly(broken.noticedBy);
  }

  @Test
  void breaksEachFact() {
    assertThat(Arrays.stream(Broken.values()).map(broken -> broken.noticedBy))
        .hasSameElementsAs(ContractRun.facts(LogStoreContract.class));
  }

  /** The contract, run on the variant that is set. */
  @Tag("broken")
  static class Subject extends LogStoreContract<DelegatingLogStore> {

    private static Broken current = Broken.FAILS_WHEN_EMPTY;

    @Override
    protected DelegatingLogStore newStore(Clock clock) {
      return current.stores.get();
    }

    @Override
    protected DelegatingLogStore reopen(DelegatingLogStore store) {
      return store.afterCrash();
    }

    @Override
    protected Duration patience() {
      return Duration.ofMillis(5);
    }
  }

  private enum Broken {
    FAILS_WHEN_EMPTY("answersEverythingWhenEmpty", FailsWhenEmpty::new),
    APPENDS_WHEN_CALLED("doesNothingBeforeSubscription", AppendsWhenCalled::new),
    FORGETS_THE_SPAN("givesEventsBackComplete", ForgetsTheSpan::new),
    STORES_A_BATCH_AGAIN("storesABatchOnceHoweverOftenItIsSent", StoresABatchAgain::new),
    TRUSTS_OFFSETS("knowsAnEventThatIsSentAgainAtAnotherOffset", TrustsOffsets::new),
    LETS_THE_LAST_WIN("keepsTheFirstOfTwoEventsWithOneIdInABatch", LetsTheLastWin::new),
    FLUSHES_ALL_BUT_THE_LAST("keepsWhatWasFlushedBeforeACrash", FlushesAllButTheLast::new),
    FORGETS_IDS_IN_A_CRASH("knowsItsEventsAfterACrash", ForgetsIdsInACrash::new),
    REMEMBERS_LOST_IDS("takesAgainWhatACrashMayHaveLost", RemembersLostIds::new),
    FAILS_WITH_THE_REJECTED("rejectsWhatItCanNeverTakeAndStoresTheRest", FailsWhole::new),
    IGNORES_THE_AGE("dropsDaysThatEndedLongerAgoThanTheAge", IgnoresTheAge::new),
    DROPS_THE_NEWEST_FIRST("dropsTheOldestDaysFirstUntilTheBytesFit", DropsNewestFirst::new),
    DROPS_TODAY("neverDropsTheDayThatIsBeingWritten", DropsToday::new),
    DELETES_UNTIL_A_CRASH("removesTheEventsOfAQueryForEver", DeletesUntilACrash::new),
    DELETES_BEYOND_THE_SCOPE("removesNothingOutsideTheScope", DeletesBeyondTheScope::new),
    CLOSES_ONCE("canBeClosedTwiceAndThenFailsClearly", ClosesOnce::new),
    MIXES_PARTITIONS("takesBatchesOfSeveralPartitionsAtTheSameTime", MixesPartitions::new),
    CUTS_MESSAGES("keepsALongMessageAndAThousandAttributes", CutsMessages::new),
    STRIPS_ZEROS("keepsHostileStrings", StripsZeros::new),
    MIXES_DATASETS("keepsDatasetsApart", MixesDatasets::new);

    private final String noticedBy;
    private final Supplier<DelegatingLogStore> stores;

    Broken(String noticedBy, Supplier<DelegatingLogStore> stores) {
      this.noticedBy = noticedBy;
      this.stores = stores;
    }
  }

  private static final class FailsWhenEmpty extends DelegatingLogStore {
    @Override
    public Mono<Void> flush() {
      return inner
          .count(ALL)
          .flatMap(
              count ->
                  count == 0
                      ? Mono.error(new BackendException.Rejected("no such index", null))
                      : Mono.empty());
    }
  }

  private static final class AppendsWhenCalled extends DelegatingLogStore {
    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      Mono<AppendResult> result = inner.append(batch).cache();
      result.subscribe(done -> {}, error -> {});
      return result;
    }
  }

  private static final class ForgetsTheSpan extends DelegatingLogStore {
    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      return inner.append(mapEvents(batch, event -> event.toBuilder().spanId("").build()));
    }
  }

  private static final class StoresABatchAgain extends DelegatingLogStore {
    private EventBatch last = new EventBatch(new PartitionId("none", 0), 0, 0, false, List.of());

    @Override
    DelegatingLogStore afterCrash() {
      last = new EventBatch(new PartitionId("none", 0), 0, 0, false, List.of());
      return this;
    }

    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      boolean again = batch.equals(last) && !batch.events().isEmpty();
      last = batch;
      return inner.append(
          again ? mapEvents(batch, event -> withId(event, event.id() + "again")) : batch);
    }
  }

  private static final class TrustsOffsets extends DelegatingLogStore {
    private final Map<PartitionId, Long> lastOffsets = new ConcurrentHashMap<>();

    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      Long last = lastOffsets.put(batch.partition(), batch.lastOffset());
      boolean above = last != null && batch.firstOffset() > last && batch.resendable();
      return inner.append(
          above ? mapEvents(batch, event -> withId(event, event.id() + "above")) : batch);
    }
  }

  private static final class LetsTheLastWin extends DelegatingLogStore {
    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      Map<String, LogEvent> lastOfId = new LinkedHashMap<>();
      batch.events().forEach(event -> lastOfId.put(event.id(), event));
      List<LogEvent> changed =
          batch.events().stream().map(event -> lastOfId.getOrDefault(event.id(), event)).toList();
      return inner.append(withEvents(batch, changed));
    }
  }

  private static class Crashing extends DelegatingLogStore {
    final List<EventBatch> appended = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      appended.add(batch);
      return inner.append(batch);
    }
  }

  private static final class FlushesAllButTheLast extends Crashing {
    private List<EventBatch> safe = List.of();

    @Override
    public Mono<Void> flush() {
      safe =
          List.copyOf(
              appended.subList(0, Math.max(Math.min(1, appended.size()), appended.size() - 1)));
      return inner.flush();
    }

    @Override
    DelegatingLogStore afterCrash() {
      if (safe.isEmpty()) {
        return this;
      }
      DelegatingLogStore reopened = new DelegatingLogStore();
      Flux.fromIterable(safe).concatMap(reopened::append).blockLast();
      return reopened;
    }
  }

  /** Stores again under other ids what a flush had made safe. */
  private static final class ForgetsIdsInACrash extends Crashing {
    private final Set<String> forgotten = new HashSet<>();
    private List<EventBatch> safe = List.of();

    @Override
    public Mono<Void> flush() {
      safe = List.copyOf(appended);
      return inner.flush();
    }

    @Override
    DelegatingLogStore afterCrash() {
      safe.forEach(batch -> batch.events().forEach(event -> forgotten.add(event.id())));
      return this;
    }

    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      return super.append(
          mapEvents(
              batch,
              event -> forgotten.contains(event.id()) ? withId(event, event.id() + "2") : event));
    }
  }

  /** Its list of known ids is safer than its events. */
  private static final class RemembersLostIds extends Crashing {
    private int flushed;
    private Set<String> lost = Set.of();

    @Override
    public Mono<Void> flush() {
      flushed = appended.size();
      return inner.flush();
    }

    @Override
    DelegatingLogStore afterCrash() {
      if (flushed == 0) {
        return this;
      }
      RemembersLostIds reopened = new RemembersLostIds();
      appended.subList(0, flushed).forEach(batch -> reopened.append(batch).block());
      reopened.lost = new HashSet<>();
      appended
          .subList(flushed, appended.size())
          .forEach(batch -> batch.events().forEach(event -> reopened.lost.add(event.id())));
      return reopened;
    }

    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      List<LogEvent> unknown =
          batch.events().stream().filter(event -> !lost.contains(event.id())).toList();
      int known = batch.events().size() - unknown.size();
      return super.append(withEvents(batch, unknown))
          .map(
              result ->
                  new AppendResult(
                      result.stored(), result.duplicates() + known, result.rejected()));
    }
  }

  private static final class FailsWhole extends DelegatingLogStore {
    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      return inner
          .append(batch)
          .flatMap(
              result ->
                  result.rejected().isEmpty()
                      ? Mono.just(result)
                      : Mono.error(new BackendException.Rejected("id too long", null)));
    }
  }

  private static final class IgnoresTheAge extends DelegatingLogStore {
    @Override
    public Mono<List<String>> retain(Retention policy) {
      return inner.retain(new Retention(Duration.ofDays(9_999), policy.maxBytes(), 0));
    }
  }

  private static final class DropsNewestFirst extends DelegatingLogStore {
    @Override
    public Mono<List<String>> retain(Retention policy) {
      return inner
          .retain(policy)
          .map(
              names -> {
                List<String> reversed = new ArrayList<>(names);
                if (policy.maxBytes() == 1) {
                  Collections.reverse(reversed);
                }
                return reversed;
              });
    }
  }

  private static final class DropsToday extends DelegatingLogStore {
    @Override
    public Mono<List<String>> retain(Retention policy) {
      return policy.maxBytes() == 1
          ? inner.retain(policy).flatMap(names -> inner.delete(ALL).thenReturn(names))
          : inner.retain(policy);
    }
  }

  private static final class DeletesUntilACrash extends Crashing {
    @Override
    DelegatingLogStore afterCrash() {
      appended.forEach(batch -> inner.append(batch).block());
      return this;
    }
  }

  private static final class DeletesBeyondTheScope extends DelegatingLogStore {
    @Override
    public Mono<Long> delete(LogQuery query) {
      return inner.delete(query.toBuilder().scope(Filter.ALL).build());
    }
  }

  private static final class ClosesOnce extends DelegatingLogStore {
    private boolean opened = true;

    @Override
    public void close() {
      if (!opened) {
        throw new IllegalStateException("closed already");
      }
      opened = false;
      inner.close();
    }
  }

  /** Takes an offset below one that it saw for a repetition, whatever the partition. */
  private static final class MixesPartitions extends DelegatingLogStore {
    private final Map<PartitionId, Boolean> partitions = new HashMap<>();

    @Override
    public synchronized Mono<AppendResult> append(EventBatch batch) {
      partitions.put(batch.partition(), true);
      boolean below = batch.firstOffset() == 0 && partitions.size() > 1;
      return inner.append(below ? withEvents(batch, List.of()) : batch);
    }
  }

  private static final class CutsMessages extends DelegatingLogStore {
    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      return inner.append(
          mapEvents(
              batch,
              event ->
                  event.message().length() > 32_766
                      ? event.toBuilder().message(event.message().substring(0, 32_766)).build()
                      : event));
    }
  }

  private static final class StripsZeros extends DelegatingLogStore {
    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      return inner.append(
          mapEvents(
              batch,
              event -> event.toBuilder().message(event.message().replace("\u0000", "")).build()));
    }
  }

  private static final class MixesDatasets extends DelegatingLogStore {
    @Override
    public Mono<AppendResult> append(EventBatch batch) {
      return inner.append(mapEvents(batch, event -> event.toBuilder().dataset("default").build()));
    }
  }
}

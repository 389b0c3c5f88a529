package dev.logdash.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.Severity;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.core.memory.InMemoryRollupStore;
import dev.logdash.tck.LogEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RollupAggregatorTest {

  private static final PartitionId PARTITION = new PartitionId("a", 0);

  private final InMemoryRollupStore store = new InMemoryRollupStore();

  @Test
  void everyTierEqualsTheMergeOfTheFinerOne() {
    RollupAggregator aggregator = aggregator("", 0, RollupSettings.DEFAULTS);
    SplittableRandom random = new SplittableRandom(5);
    for (int batch = 0; batch < 20; batch++) {
      fold(aggregator, requests(random, batch * 50L, 50));
      assertThat(aggregator.write().block()).isTrue();
    }

    List<Tier> tiers = Tier.DEFAULTS;
    for (String definition : List.of(RollupDefinitions.EVENTS, RollupDefinitions.REQUESTS)) {
      for (int i = 1; i < tiers.size(); i++) {
        int width = tiers.get(i).seconds();
        assertThat(described(definition, width, width))
            .isNotEmpty()
            .isEqualTo(described(definition, tiers.get(i - 1).seconds(), width));
      }
    }
  }

  @Test
  void aReplayAfterACrashBetweenCellsAndSnapshotChangesNothing() {
    List<LogEvent> events = requests(new SplittableRandom(1), 0, 100);
    RollupAggregator first = aggregator("", 0, RollupSettings.DEFAULTS);
    fold(first, events.subList(0, 60));
    assertThat(first.write().block()).isTrue();

    RollupAggregator second = aggregator("", 0, RollupSettings.DEFAULTS);
    fold(second, events);
    assertThat(second.write().block()).isTrue();

    long count = 0;
    for (SeriesPoint point : points(RollupDefinitions.EVENTS, 86_400)) {
      count += point.count();
    }
    assertThat(count).isEqualTo(100);
  }

  @Test
  void isRefusedWhenAnotherProcessHasWrittenItsCells() {
    List<LogEvent> events = requests(new SplittableRandom(1), 0, 10);
    RollupAggregator zombie = aggregator("", 0, RollupSettings.DEFAULTS);
    fold(zombie, events.subList(0, 5));
    RollupAggregator owner = aggregator("", 0, RollupSettings.DEFAULTS);
    fold(owner, events);
    assertThat(owner.write().block()).isTrue();

    assertThat(zombie.write().block()).isFalse();
  }

  @Test
  void countsALateEventInItsOwnWindowAndNotInTiersThatHaveForgottenIt() {
    LogEvent old = LogEvents.event(1).timestampNanos(LogEvents.NOON - 3 * LogEvents.DAY).build();
    RollupAggregator aggregator = aggregator("", 0, RollupSettings.DEFAULTS);
    fold(aggregator, List.of(old));
    aggregator.write().block();

    assertThat(points(RollupDefinitions.EVENTS, 10)).isEmpty();
    assertThat(points(RollupDefinitions.EVENTS, 60))
        .singleElement()
        .satisfies(
            point ->
                assertThat(point.windowStart())
                    .isEqualTo((LogEvents.NOON - 3 * LogEvents.DAY) / LogEvents.SECOND));
  }

  @Test
  void countsSeriesBeyondTheLimitAsOther() {
    RollupAggregator aggregator = aggregator("", 0, RollupSettings.DEFAULTS.withMaxSeries(2));
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      events.add(LogEvents.event(i).service("service" + i).build());
    }
    fold(aggregator, events);
    aggregator.write().block();

    assertThat(points(RollupDefinitions.EVENTS, 86_400))
        .extracting(point -> point.dimensions().get(0) + "=" + point.count())
        .containsExactlyInAnyOrder("service0=1", "service1=1", "other=3");
  }

  @Test
  void countsTheSameWhetherItWritesAfterEachEventOrAfterAll() {
    RollupSettings settings = RollupSettings.DEFAULTS.withMaxSeries(3);
    InMemoryRollupStore each = new InMemoryRollupStore();
    RollupAggregator often = new RollupAggregator(PARTITION, each, settings, "", 0);
    RollupAggregator once = aggregator("", 0, settings);
    SplittableRandom random = new SplittableRandom(9);
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      // Windows and days in turn, and more series than are admitted.
      long received = LogEvents.NOON + (i / 150) * LogEvents.DAY;
      events.add(
          LogEvents.event(i)
              .service("service" + random.nextInt(5))
              .observedNanos(received)
              .timestampNanos(received - random.nextInt(4) * 7 * LogEvents.SECOND)
              .build());
    }
    for (int i = 0; i < events.size(); i++) {
      often.fold(events.subList(i, i + 1), new long[] {i}).block();
      assertThat(often.write().block()).isTrue();
    }

    fold(once, events);
    assertThat(once.write().block()).isTrue();

    assertThat(once.saveAdmission()).isEqualTo(often.saveAdmission());
    for (Tier tier : settings.tiers()) {
      RollupQuery all =
          new RollupQuery(RollupDefinitions.EVENTS, tier.seconds(), 0, Long.MAX_VALUE / 2);
      List<Cell> counted = store.read(all).collectList().block();
      assertThat(counted)
          .isNotEmpty()
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(each.read(all).collectList().block());
    }
  }

  private RollupAggregator aggregator(String saved, long from, RollupSettings settings) {
    return new RollupAggregator(PARTITION, store, settings, saved, from);
  }

  private static void fold(RollupAggregator aggregator, List<LogEvent> events) {
    aggregator.fold(events, events.stream().mapToLong(LogEvent::seq).toArray()).block();
  }

  private static List<LogEvent> requests(SplittableRandom random, long firstSeq, int count) {
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long status = random.nextInt(5) == 0 ? 503 : 200;
      events.add(
          LogEvents.event(firstSeq + i)
              .timestampNanos(LogEvents.NOON - random.nextLong(LogEvents.DAY))
              .service("s" + random.nextInt(3))
              .severity(random.nextInt(6) == 0 ? Severity.ERROR : Severity.INFO)
              .attributes(
                  Attributes.builder()
                      .put(EcsFields.HTTP_METHOD, "GET")
                      .put(EcsFields.HTTP_ROUTE, "/r" + random.nextInt(3))
                      .put(EcsFields.HTTP_STATUS, status)
                      .put(EcsFields.DURATION, random.nextLong(3_000_000_000L))
                      .build())
              .build());
    }
    return events;
  }

  private List<SeriesPoint> points(String definition, int tier) {
    List<Cell> cells =
        store.read(new RollupQuery(definition, tier, 0, Long.MAX_VALUE)).collectList().block();
    return SeriesPoint.merge(cells);
  }

  /** The points of a tier, merged into wider windows: the sketch by its quantiles. */
  private Map<String, String> described(String definition, int tier, int width) {
    Map<String, SeriesPoint> merged = new TreeMap<>();
    for (SeriesPoint point : points(definition, tier)) {
      long window = point.windowStart() - Math.floorMod(point.windowStart(), (long) width);
      merged.merge(window + " " + point.dimensions(), point, SeriesPoint::plus);
    }
    Map<String, String> described = new TreeMap<>();
    merged.forEach(
        (key, point) ->
            described.put(
                key,
                point.count()
                    + " "
                    + point.errors()
                    + " "
                    + point.sum()
                    + " "
                    + point.sketch().quantile(0.5)
                    + " "
                    + point.sketch().quantile(0.99)));
    return described;
  }
}

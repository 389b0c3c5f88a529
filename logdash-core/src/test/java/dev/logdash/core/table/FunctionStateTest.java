package dev.logdash.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.LongTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionStateTest {

  private static final List<Aggregation.Function> FUNCTIONS =
      List.of(
          new Aggregation.Count(),
          new Aggregation.Sum("n"),
          new Aggregation.Min("n"),
          new Aggregation.Max("n"),
          new Aggregation.Mean("n"),
          new Aggregation.Percentile("n", 0),
          new Aggregation.Percentile("n", 0.5),
          new Aggregation.Percentile("n", 0.99),
          new Aggregation.Percentile("n", 1));
  private static final int EXACT = Aggregation.Distinct.EXACT;

  @Test
  void percentilesOfAnyNumbersAreWithinOnePercent() {
    Random random = new Random(7);
    for (int run = 0; run < 3_000; run++) {
      double[] numbers = new double[1 + random.nextInt(80)];
      int kind = random.nextInt(4);
      Arrays.setAll(numbers, i -> number(random, kind));
      double share = random.nextBoolean() ? random.nextInt(101) / 100.0 : random.nextDouble();
      FunctionState state =
          FunctionState.of(new Aggregation.Percentile("n", share), new TableBudget());
      for (double number : numbers) {
        state.add(number);
      }
      Arrays.sort(numbers);
      double exact = numbers[(int) (share * (numbers.length - 1))];

      assertThat(state.value(numbers.length))
          .as("run %s, share %s of %s", run, share, numbers)
          .isCloseTo(exact, within(Math.abs(exact) * 0.01 * (1 + 1e-9)));
    }
  }

  @Test
  void percentilesOfEqualNumbersAreThatNumber() {
    FunctionState state = FunctionState.of(new Aggregation.Percentile("n", 0.5), new TableBudget());
    state.add(200);
    state.add(200.0);
    state.add(200);

    assertThat(state.value(3)).isEqualTo(200);
  }

  @Test
  void totalsOfBucketsGiveWhatTheirNumbersGive() {
    Random random = new Random(11);
    for (Aggregation.Function function : FUNCTIONS) {
      for (int run = 0; run < 50; run++) {
        Map<Integer, LongSummaryStatistics> buckets = new HashMap<>();
        FunctionState one = FunctionState.of(function, new TableBudget());
        int numbers = random.nextInt(500);
        for (int i = 0; i < numbers; i++) {
          long number = (long) Math.exp(random.nextDouble() * 33) - 1;
          one.add(number);
          buckets
              .computeIfAbsent(QuantileSketch.bucket(number), b -> new LongSummaryStatistics())
              .accept(number);
        }
        FunctionState many = FunctionState.of(function, new TableBudget());
        for (LongSummaryStatistics bucket : buckets.values()) {
          many.add(
              new LongTotals(bucket.getCount(), bucket.getSum(), bucket.getMin(), bucket.getMax()));
        }

        assertThat(many.value(numbers)).as("%s", function).isEqualTo(one.value(numbers));
      }
    }
  }

  @Test
  void bucketsAreThoseThatAreStored() {
    // Stores keep these numbers: whoever changes one of them gives them another version.
    assertThat(QuantileSketch.BUCKETS_VERSION).isEqualTo(1);
    assertThat(LongStream.of(0, 1, 2, 1_000_000, 1_000_000_000, 1L << 48).boxed())
        .extracting(QuantileSketch::bucket)
        .containsExactly(-1, 0, 34, 697, 1046, 1679);
  }

  @Test
  void percentilesOfTheLargestAndTheSmallestNumbersDoNotFail() {
    FunctionState state = FunctionState.of(new Aggregation.Percentile("n", 0.5), new TableBudget());
    state.add(-Double.MAX_VALUE);
    state.add(Double.MIN_VALUE);
    state.add(Double.MAX_VALUE);

    assertThat(state.value(3)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9, 1_000, EXACT - 1, EXACT})
  void countsDifferentValuesExactlyUpToTheBound(int different) {
    assertThat(distinct(keys("v", different), 3)).isEqualTo(different);
  }

  @Test
  void givesAnEstimateThatIsLargerThanTheBoundFromThereOn() {
    for (int different = EXACT + 1; different < EXACT + 40; different++) {
      assertThat(distinct(keys("v", different), 1)).isGreaterThan(EXACT);
    }
  }

  @Test
  void estimatesWithTheStatedError() {
    int tries = 300;
    double squares = 0;
    int furtherThanFivePercent = 0;
    for (int i = 0; i < tries; i++) {
      int different = 5_000 + 251 * i;
      double error = distinct(keys("t" + i + "-", different), 1) / different - 1;
      squares += error * error;
      furtherThanFivePercent += Math.abs(error) > 0.05 ? 1 : 0;
    }

    assertThat(Math.sqrt(squares / tries)).isBetween(0.011, 0.018);
    assertThat(furtherThanFivePercent).isLessThanOrEqualTo(3);
  }

  @Test
  void estimatesTheSameInWhateverOrderAndHoweverOftenValuesCome() {
    List<String> keys = keys("user", 30_000);
    double inOrder = distinct(keys, 1);
    Collections.shuffle(keys, new Random(3));

    assertThat(distinct(keys, 2)).isEqualTo(inOrder);
  }

  @Test
  void refusesATableThatTakesTooMuchMemory() {
    TableBudget ofCounts = new TableBudget();
    assertThatThrownBy(
            () -> {
              while (true) {
                FunctionState state = FunctionState.of(new Aggregation.Distinct("user"), ofCounts);
                keys("v", 1_000).forEach(key -> state.addHash(FunctionState.hash(key)));
              }
            })
        .isInstanceOf(BackendException.Rejected.class)
        .hasMessageContaining("64 MB");

    TableBudget ofSketches = new TableBudget();
    assertThatThrownBy(
            () -> {
              while (true) {
                FunctionState state =
                    FunctionState.of(new Aggregation.Percentile("n", 0.5), ofSketches);
                for (int exponent = -300; exponent < 300; exponent++) {
                  state.add(Math.pow(10, exponent));
                }
              }
            })
        .isInstanceOf(BackendException.Rejected.class);
  }

  @Test
  void hasRoomForTheGroupsOfALargeTable() {
    TableBudget budget = new TableBudget();
    for (int group = 0; group < 2 * Aggregation.MAX_ROWS; group++) {
      FunctionState state = FunctionState.of(new Aggregation.Percentile("n", 0.5), budget);
      for (int millis = 1; millis <= 1_000; millis *= 10) {
        state.add(millis * 1_000_000L);
      }
    }
  }

  private static double number(Random random, int kind) {
    switch (kind) {
      case 0:
        return random.nextInt(100);
      case 1:
        return random.nextGaussian() * 1e9;
      case 2:
        return random.nextLong();
      default:
        return (random.nextInt(9) - 4) * Math.pow(10, random.nextInt(600) - 300);
    }
  }

  private static List<String> keys(String prefix, int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(prefix + i);
    }
    return keys;
  }

  private static double distinct(List<String> keys, int times) {
    FunctionState state = FunctionState.of(new Aggregation.Distinct("f"), new TableBudget());
    for (int i = 0; i < times; i++) {
      keys.forEach(key -> state.addHash(FunctionState.hash(key)));
    }
    return state.value(keys.size());
  }
}

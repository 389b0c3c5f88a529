package dev.logdash.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DurationSketchTest {

  @Test
  void staysWithinItsErrorAtEveryQuantile() {
    SplittableRandom random = new SplittableRandom(1);
    long[] values = new long[50_000];
    DurationSketch sketch = new DurationSketch();
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.exp(10 + 3 * random.nextGaussian());
      sketch.add(values[i]);
    }
    Arrays.sort(values);

    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
      double exact = values[(int) (share * (values.length - 1))];
      assertThat(sketch.quantile(share))
          .isCloseTo(exact, within(exact * DurationSketch.RELATIVE_ERROR * 1.001 + 1));
    }
  }

  @Test
  void encodesTheSameBytesWhateverTheOrderAndThePartsWere() {
    DurationSketch all = new DurationSketch();
    DurationSketch left = new DurationSketch();
    DurationSketch right = new DurationSketch();
    for (int i = 0; i < 1_000; i++) {
      all.add(i * i * 1_000L);
      (i % 3 == 0 ? left : right).add((999L - i) * (999L - i) * 1_000L);
    }

    DurationSketch merged = DurationSketch.decode(right.encode());
    merged.merge(DurationSketch.decode(left.encode()));

    assertThat(merged.encode()).isEqualTo(all.encode());
  }

  @Test
  void mergesSketchesWhateverTheirRangesAre() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 20_000; round++) {
      DurationSketch all = new DurationSketch();
      DurationSketch merged = new DurationSketch();
      for (int part = 0; part < 3; part++) {
        DurationSketch sketch = new DurationSketch();
        double lowest = random.nextDouble(22);
        double width = random.nextDouble(22 - lowest + 0.1);
        for (int i = random.nextInt(4); i >= 0; i--) {
          long value = (long) Math.exp(lowest + random.nextDouble() * width) - 1;
          all.add(value);
          sketch.add(value);
        }
        merged.merge(sketch);
      }

      assertThat(merged.encode()).isEqualTo(all.encode());
    }
  }

  @Test
  void hasNoQuantileWhenEmpty() {
    assertThat(DurationSketch.decode(new DurationSketch().encode()).quantile(0.5)).isNaN();
  }

  @Test
  void countsANegativeDurationAsZero() {
    DurationSketch sketch = new DurationSketch();
    sketch.add(-5);

    assertThat(sketch.quantile(1)).isZero();
  }

  @Test
  void mergesWhateverRangesTheValuesOfTheTwoHave() {
    Random random = new Random(11);
    for (int round = 0; round < 3_000; round++) {
      DurationSketch all = new DurationSketch();
      DurationSketch merged = new DurationSketch();
      for (int part = 0; part < 4; part++) {
        DurationSketch sketch = new DurationSketch();
        int values = 1 + random.nextInt(4);
        for (int i = 0; i < values; i++) {
          long value = random.nextLong() >>> (1 + random.nextInt(63));
          sketch.add(value);
          all.add(value);
        }
        merged.merge(sketch);
      }

      assertThat(merged.encode()).as("round %s", round).isEqualTo(all.encode());
    }
  }
}

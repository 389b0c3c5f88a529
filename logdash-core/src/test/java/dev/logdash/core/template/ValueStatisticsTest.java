package dev.logdash.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ValueStatisticsTest {

  private final ValueStatistics statistics = new ValueStatistics();

  @Test
  void numbersHaveARangeAndAMean() {
    for (String value : new String[] {"10ms", "-2.5", "4 KB", "1.2.3", "abc", ""}) {
      add(value);
    }

    PlaceholderValues values = values();
    assertThat(values.count()).isEqualTo(6);
    assertThat(values.distinct()).isEqualTo(6);
    assertThat(values.numbers()).isEqualTo(3);
    assertThat(values.least()).isEqualTo(-2.5);
    assertThat(values.most()).isEqualTo(10);
    assertThat(values.mean()).isCloseTo(11.5 / 3, within(1e-12));
  }

  @Test
  void withoutNumbersThereIsNoRange() {
    add("abc");

    assertThat(values().least()).isNaN();
    assertThat(values().mean()).isNaN();
  }

  @Test
  void whatIsFrequentIsFoundAmongManyOthers() {
    for (int i = 0; i < 30_000; i++) {
      add("rare" + i);
      if (i % 3 == 0) {
        add("often");
      }
    }

    PlaceholderValues values = values();
    assertThat(values.count()).isEqualTo(40_000);
    assertThat(values.distinct()).isBetween(24_000L, 36_000L);
    assertThat(values.frequent().get(0).text()).isEqualTo("often");
    assertThat(values.frequent().get(0).count()).isBetween(5_000L, 10_000L);
    assertThat(values.frequent()).hasSizeLessThanOrEqualTo(ValueStatistics.MOST_FREQUENT);
  }

  @Test
  void fewValuesAreCountedExactly() {
    for (int i = 0; i < 800; i++) {
      add("v" + i % 8);
    }

    assertThat(values().distinct()).isEqualTo(8);
    assertThat(values().frequent()).allMatch(value -> value.count() == 100);
  }

  @Test
  void mergingIsAsIfAllHadBeenAddedToOne() {
    ValueStatistics other = new ValueStatistics();
    ValueStatistics all = new ValueStatistics();
    for (int i = 0; i < 5_000; i++) {
      char[] value = Integer.toString(i).toCharArray();
      (i % 2 == 0 ? statistics : other).add(value, 0, value.length, 1);
      all.add(value, 0, value.length, 1);
    }

    statistics.merge(other);

    assertThat(values().count()).isEqualTo(5_000);
    assertThat(values().distinct()).isEqualTo(all.distinct());
    assertThat(values().mean()).isEqualTo(2_499.5);
  }

  @Test
  void memoryHasALimit() {
    for (int i = 0; i < 100_000; i++) {
      add("a value that is longer than what is kept of it, number " + i);
    }

    assertThat(statistics.bytes()).isLessThan(1_500);
    assertThat(values().frequent())
        .allMatch(value -> value.text().length() <= ValueStatistics.LONGEST);
  }

  private void add(String value) {
    statistics.add(value.toCharArray(), 0, value.length(), 1);
  }

  private PlaceholderValues values() {
    return statistics.values(Placeholder.NUM, "", "");
  }
}

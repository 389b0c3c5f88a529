package dev.logdash.core.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is kept of the values at one place: how many there were, about how many different ones, the
 * frequent ones, and the range and mean of numbers. At most about a kilobyte, and no garbage.
 *
 * <p>The frequent values are kept as Misra and Gries do it: whatever came in more than a {@value
 * #MOST_FREQUENT}th of all cases is among them, its count too low by at most that share.
 */
final class ValueStatistics {

  static final int MOST_FREQUENT = 8;
  static final int LONGEST = 32;

  private static final int REGISTERS = 256;
  private static final double BIAS = 0.7213 / (1 + 1.079 / REGISTERS);

  private long count;
  private long numbers;
  private double sum;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  private int used;
  private boolean overflowed;
  private long[] hashes = new long[1];
  private long[] counts = new long[1];
  private char[][] texts = new char[1][];
  private int[] lengths = new int[1];
  private byte[] registers = {};

  /**
   * Adds the value between two places of a text.
   *
   * @return by how many bytes this grew
   */
  int add(char[] text, int from, int to, long times) {
    int before = bytes();
    count += times;
    double number = Numbers.of(text, from, to);
    if (!Double.isNaN(number)) {
      numbers += times;
      sum += number * times;
      least = Math.min(least, number);
      most = Math.max(most, number);
    }
    addText(text, from, to, Hash.of(text, from, to), times);
    return bytes() - before;
  }

  private void addText(char[] text, int from, int to, long hash, long times) {
    for (int i = 0; i < used; i++) {
      if (hashes[i] == hash) {
        counts[i] += times;
        return;
      }
    }
    if (registers.length > 0) {
      register(hash);
    }
    if (used < MOST_FREQUENT) {
      put(text, from, to, hash, times);
    } else {
      crowdOut(text, from, to, hash, times);
    }
  }

  private void put(char[] text, int from, int to, long hash, long times) {
    if (used == hashes.length) {
      int more = Math.min(MOST_FREQUENT, 2 * used);
      hashes = Arrays.copyOf(hashes, more);
      counts = Arrays.copyOf(counts, more);
      texts = Arrays.copyOf(texts, more);
      lengths = Arrays.copyOf(lengths, more);
    }
    set(used++, text, from, to, hash, times);
  }

  private void set(int place, char[] text, int from, int to, long hash, long times) {
    int length = Math.min(LONGEST, to - from);
    if (texts[place] == null || texts[place].length < length) {
      texts[place] = new char[overflowed ? LONGEST : length];
    }
    System.arraycopy(text, from, texts[place], 0, length);
    lengths[place] = length;
    hashes[place] = hash;
    counts[place] = times;
  }

  private void crowdOut(char[] text, int from, int to, long hash, long times) {
    if (registers.length == 0) {
      overflowed = true;
      registers = new byte[REGISTERS];
      for (int i = 0; i < used; i++) {
        register(hashes[i]);
      }
      register(hash);
    }
    long rarest = counts[0];
    int place = 0;
    for (int i = 1; i < used; i++) {
      if (counts[i] < rarest) {
        rarest = counts[i];
        place = i;
      }
    }
    long taken = Math.min(rarest, times);
    for (int i = 0; i < used; i++) {
      counts[i] -= taken;
    }
    if (times > taken || counts[place] == 0) {
      if (times > taken) {
        set(place, text, from, to, hash, times - taken);
      } else {
        drop(place);
      }
    }
  }

  private void drop(int place) {
    used--;
    char[] text = texts[place];
    texts[place] = texts[used];
    lengths[place] = lengths[used];
    hashes[place] = hashes[used];
    counts[place] = counts[used];
    texts[used] = text;
  }

  private void register(long hash) {
    long bits = Hash.mix(hash * 0x9E3779B97F4A7C15L);
    int register = (int) (bits >>> 56);
    byte rank = (byte) (Long.numberOfLeadingZeros((bits << 8) | 0x80) + 1);
    if (rank > registers[register]) {
      registers[register] = rank;
    }
  }

  /** Adds what another one has. */
  void merge(ValueStatistics other) {
    count += other.count;
    numbers += other.numbers;
    sum += other.sum;
    least = Math.min(least, other.least);
    most = Math.max(most, other.most);
    if (other.registers.length > 0) {
      if (registers.length == 0) {
        overflowed = true;
        registers = new byte[REGISTERS];
        for (int i = 0; i < used; i++) {
          register(hashes[i]);
        }
      }
      for (int i = 0; i < REGISTERS; i++) {
        registers[i] = (byte) Math.max(registers[i], other.registers[i]);
      }
    }
    for (int i = 0; i < other.used; i++) {
      addText(other.texts[i], 0, other.lengths[i], other.hashes[i], other.counts[i]);
    }
  }

  long count() {
    return count;
  }

  /** About how many bytes it takes. */
  int bytes() {
    return 160 + hashes.length * (24 + 16 + 2 * LONGEST) + registers.length;
  }

  /** Exact up to {@value #MOST_FREQUENT}, then an estimate with a standard error of 6.5 %. */
  long distinct() {
    if (registers.length == 0) {
      return used;
    }
    double sumOfInverses = 0;
    int zeros = 0;
    for (byte register : registers) {
      sumOfInverses += 1.0 / (1L << register);
      zeros += register == 0 ? 1 : 0;
    }
    double estimate = BIAS * REGISTERS * REGISTERS / sumOfInverses;
    if (estimate <= 2.5 * REGISTERS && zeros > 0) {
      estimate = REGISTERS * Math.log((double) REGISTERS / zeros);
    }
    return Math.max(MOST_FREQUENT, Math.round(estimate));
  }

  /**
   * What is known.
   *
   * @param prefix what to take from the front of the frequent values
   * @param suffix what to take from their end
   */
  PlaceholderValues values(Placeholder kind, String prefix, String suffix) {
    List<PlaceholderValues.Frequent> frequent = new ArrayList<>();
    for (int i = 0; i < used; i++) {
      if (counts[i] > 0) {
        String text = new String(texts[i], 0, lengths[i]);
        frequent.add(new PlaceholderValues.Frequent(bare(text, prefix, suffix), counts[i]));
      }
    }
    frequent.sort(
        Comparator.comparingLong((PlaceholderValues.Frequent value) -> -value.count())
            .thenComparing(PlaceholderValues.Frequent::text));
    double mean = numbers == 0 ? Double.NaN : sum / numbers;
    return new PlaceholderValues(
        kind,
        count,
        distinct(),
        List.copyOf(frequent),
        numbers,
        numbers == 0 ? Double.NaN : least,
        numbers == 0 ? Double.NaN : most,
        mean);
  }

  private static String bare(String text, String prefix, String suffix) {
    int from = text.startsWith(prefix) ? prefix.length() : 0;
    boolean ends = text.endsWith(suffix) && text.length() - suffix.length() >= from;
    return text.substring(from, text.length() - (ends ? suffix.length() : 0));
  }
}

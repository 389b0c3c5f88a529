package dev.logdash.core.query;

import dev.logdash.api.store.Filter;
import dev.logdash.core.text.Tokenizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Finds different tokens near each other: one occurrence of each, such that their distances from
 * where they stand in the text that is asked for differ by a few places at most.
 */
final class NearTokens {

  private final List<String> tokens;
  private final int places;

  NearTokens(Filter.Near near) {
    tokens = Tokenizer.terms(near.text());
    places = near.places();
  }

  /** Whether a text can be asked for: it has tokens, each once, and not too many. */
  static boolean canBeAsked(List<String> tokens) {
    return !tokens.isEmpty()
        && tokens.size() <= Filter.Near.MAX_TOKENS
        && new HashSet<>(tokens).size() == tokens.size();
  }

  boolean occurIn(String text) {
    int[][] found = new int[tokens.size()][4];
    int[] counts = new int[tokens.size()];
    Tokenizer tokenizer = new Tokenizer();
    tokenizer.reset(text);
    for (int place = 0; tokenizer.advance(); place++) {
      int token = tokens.indexOf(tokenizer.term());
      if (token >= 0) {
        if (counts[token] == found[token].length) {
          found[token] = Arrays.copyOf(found[token], 2 * counts[token]);
        }
        found[token][counts[token]++] = place - token;
      }
    }
    return areNear(found, counts);
  }

  private boolean areNear(int[][] found, int[] counts) {
    int[] next = new int[counts.length];
    while (true) {
      int least = 0;
      int most = 0;
      for (int token = 0; token < counts.length; token++) {
        if (next[token] == counts[token]) {
          return false;
        }
        least = found[token][next[token]] < found[least][next[least]] ? token : least;
        most = found[token][next[token]] > found[most][next[most]] ? token : most;
      }
      if (found[most][next[most]] - found[least][next[least]] <= places) {
        return true;
      }
      // No other occurrence of the rest comes closer to this one.
      next[least]++;
    }
  }
}

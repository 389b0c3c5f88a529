package dev.logdash.core.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the statements behind masked messages of one length. Forms that are the same but for one
 * word are one statement if their {@link Column} varies; what was found out is used to find more,
 * until nothing changes. A pure function of the set of forms: their order does not count.
 */
final class Generalization {

  // Two words that vary together are only told from keywords by many pairs that came once.
  private static final int PAIRS = 10;
  private static final int MOST_WORDS_FOR_PAIRS = 24;
  private static final int MOST_PATTERNS_FOR_PAIRS = 4_000;

  // Bounds the time where hostile messages make open patterns by the thousand.
  private static final int MOST_COMPARISONS = 2_000_000;

  private static final int SAME = -1;
  private static final int ANOTHER = -2;

  private final Map<String, Word> known = new HashMap<>();
  private final Map<Long, Pattern> patterns = new LinkedHashMap<>();

  /**
   * @param forms with one number of words
   * @param proven patterns that were found before and stay, with the same number of words
   */
  static List<Pattern> of(Collection<Form> forms, Collection<ProvenPattern> proven) {
    Generalization generalization = new Generalization();
    proven.stream()
        .map(generalization::pattern)
        .sorted(Comparator.comparing(Pattern::text))
        .forEach(generalization::add);
    forms.stream().sorted(Form.BY_TEXT).map(generalization::pattern).forEach(generalization::add);
    generalization.run();
    return List.copyOf(generalization.patterns.values());
  }

  /** The pattern of a form that is alone. */
  static Pattern patternOf(Form form) {
    return new Generalization().pattern(form);
  }

  private Pattern pattern(Form form) {
    String[] texts = form.texts();
    Word[] words = new Word[texts.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(Word.coarse(texts[i]));
    }
    Pattern pattern = new Pattern(words);
    pattern.forms.add(form);
    return pattern;
  }

  private Pattern pattern(ProvenPattern proven) {
    Word[] words = new Word[proven.words.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(proven.words[i].text);
    }
    Pattern pattern = new Pattern(words);
    pattern.proven.add(proven);
    return pattern;
  }

  private Word word(String text) {
    return text.equals(Word.ANY.text) ? Word.ANY : known.computeIfAbsent(text, Word::new);
  }

  private void add(Pattern pattern) {
    Pattern same = patterns.putIfAbsent(pattern.hashWithout(-1), pattern);
    if (same != null) {
      same.take(pattern);
    }
  }

  private void run() {
    while (patterns.size() > 1 && (mergeColumns() || absorb() || mergePairs())) {
      // Each round leaves fewer patterns.
    }
  }

  /** Patterns that are the same but for one place. */
  private record Bucket(int place, long rest, List<Pattern> patterns) {}

  private boolean mergeColumns() {
    List<Bucket> varying = new ArrayList<>();
    int length = patterns.values().iterator().next().words.length;
    for (int place = 0; place < length; place++) {
      Map<Long, List<Pattern>> byRest = new LinkedHashMap<>();
      for (Map.Entry<Long, Pattern> entry : patterns.entrySet()) {
        long rest = entry.getKey() - entry.getValue().hashAt(place);
        byRest.computeIfAbsent(rest, key -> new ArrayList<>(2)).add(entry.getValue());
      }
      for (Map.Entry<Long, List<Pattern>> entry : byRest.entrySet()) {
        List<Pattern> alike = entry.getValue();
        if (alike.size() > 1 && new Column(alike, place).varies()) {
          varying.add(new Bucket(place, entry.getKey(), alike));
        }
      }
    }
    varying.sort(
        Comparator.comparingInt((Bucket bucket) -> -bucket.patterns.size())
            .thenComparingInt(Bucket::place)
            .thenComparingLong(Bucket::rest));
    Set<Pattern> merged = new HashSet<>();
    for (Bucket bucket : varying) {
      if (bucket.patterns.stream().noneMatch(merged::contains)) {
        merged.addAll(bucket.patterns);
        Word[] words = bucket.patterns.get(0).words.clone();
        words[bucket.place] = Word.ANY;
        merge(bucket.patterns, words);
      }
    }
    return !merged.isEmpty();
  }

  private void merge(List<Pattern> parts, Word[] words) {
    Pattern whole = new Pattern(words);
    for (Pattern part : parts) {
      patterns.remove(part.hashWithout(-1));
      whole.take(part);
    }
    add(whole);
  }

  /** Brings into each open pattern what fits it, but for at most one more place that varies. */
  private boolean absorb() {
    List<Pattern> all = List.copyOf(patterns.values());
    Set<Pattern> merged = new HashSet<>();
    int budget = MOST_COMPARISONS;
    for (Pattern open : all) {
      if (!open.isOpen() || merged.contains(open) || budget < all.size()) {
        continue;
      }
      budget -= all.size();
      List<Pattern> fitting = new ArrayList<>(List.of(open));
      Word[] words = open.words.clone();
      for (Pattern other : all) {
        if (other != open && !merged.contains(other)) {
          int place = difference(open, other);
          if (place == SAME) {
            fitting.add(other);
          } else if (place >= 0 && fitting.size() == 1) {
            fitting.add(other);
            words[place] = Word.ANY;
            break;
          }
        }
      }
      if (fitting.size() > 1) {
        merged.addAll(fitting);
        merge(fitting, words);
      }
    }
    return !merged.isEmpty();
  }

  /** The one place that varies, {@link #SAME} or {@link #ANOTHER}. */
  private static int difference(Pattern open, Pattern other) {
    int place = SAME;
    Word[] mine = open.words;
    Word[] its = other.words;
    for (int i = 0; i < mine.length; i++) {
      if (mine[i] != its[i] && mine[i] != Word.ANY) {
        if (place >= 0) {
          return ANOTHER;
        }
        place = i;
      }
    }
    if (place < 0) {
      return hasText(mine) ? SAME : ANOTHER;
    }
    return new Column(List.of(open, other), place).varies() ? place : ANOTHER;
  }

  private static boolean hasText(Word[] words) {
    for (Word word : words) {
      if (word.hasLetter) {
        return true;
      }
    }
    return false;
  }

  /** Merges patterns in which two places vary together, hardly any pair having come twice. */
  private boolean mergePairs() {
    int length = patterns.values().iterator().next().words.length;
    if (patterns.size() < PAIRS
        || patterns.size() > MOST_PATTERNS_FOR_PAIRS
        || length < 4
        || length > MOST_WORDS_FOR_PAIRS) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        if (mergePairs(i, j)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mergePairs(int i, int j) {
    Map<Long, List<Pattern>> byRest = new LinkedHashMap<>();
    for (Map.Entry<Long, Pattern> entry : patterns.entrySet()) {
      Pattern pattern = entry.getValue();
      long rest = entry.getKey() - pattern.hashAt(i) - pattern.hashAt(j);
      byRest.computeIfAbsent(rest, key -> new ArrayList<>(2)).add(pattern);
    }
    boolean merged = false;
    for (List<Pattern> alike : byRest.values()) {
      if (alike.size() >= PAIRS && variesInPairs(alike, i, j)) {
        Word[] words = alike.get(0).words.clone();
        words[i] = Word.ANY;
        words[j] = Word.ANY;
        merge(alike, words);
        merged = true;
      }
    }
    return merged;
  }

  private static boolean variesInPairs(List<Pattern> alike, int i, int j) {
    Set<Word> first = new HashSet<>();
    Set<Word> second = new HashSet<>();
    int once = 0;
    for (Pattern pattern : alike) {
      first.add(pattern.words[i]);
      second.add(pattern.words[j]);
      once += pattern.forms.size() == 1 && pattern.forms.get(0).count == 1 ? 1 : 0;
    }
    int texts = 0;
    Word[] words = alike.get(0).words;
    for (int k = 0; k < words.length; k++) {
      texts += k != i && k != j && words[k].hasLetter ? 1 : 0;
    }
    int few = alike.size() / 2;
    return 2 * once >= alike.size()
        && first.size() >= few
        && second.size() >= few
        && texts >= 2
        && 2 * texts >= words.length - 2;
  }
}

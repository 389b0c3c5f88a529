package dev.logdash.core.template;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The words at one place of patterns that are the same at all other places, and whether they are
 * values of one statement or parts of several statements.
 */
final class Column {

  // Names of people and machines are few in a small system and still values.
  private static final Set<String> OWNERS =
      Set.of("user", "username", "account", "login", "owner", "group", "host", "hostname");

  // The first word says most often what happened.
  private static final int FIRST_WORDS = 16;
  private static final int WORDS = 5;
  private static final int LONG = 12;
  private static final int LONGER = 16;

  private final List<Pattern> patterns;
  private final int place;
  private int texts;
  private int open;
  private int none;
  private int switches;
  private int capitals;
  private boolean any;
  private boolean oneKey = true;

  Column(List<Pattern> patterns, int place) {
    this.patterns = patterns;
    this.place = place;
    Word[] words = patterns.get(0).words;
    for (int i = 0; i < words.length; i++) {
      texts += i != place && words[i].hasLetter ? 1 : 0;
    }
    for (Pattern pattern : patterns) {
      add(pattern.words[place]);
    }
  }

  private void add(Word word) {
    Word first = patterns.get(0).words[place];
    if (word == Word.ANY) {
      any = true;
    } else if (first != Word.ANY) {
      boolean keyed = word.key() != null && first.key() != null;
      oneKey &= !keyed || Objects.equals(word.key(), first.key());
    }
    none += word.isNone() ? 1 : 0;
    open += !word.isNone() && word.isOpen() ? 1 : 0;
    switches += word.isSwitch() ? 1 : 0;
    capitals += word.isCapital() && !word.isOpen() && !word.isNone() ? 1 : 0;
  }

  /** Whether the words are values. */
  boolean varies() {
    int distinct = patterns.size();
    if (texts == 0 || !oneKey) {
      return false;
    }
    if (any || (open > 0 && open + none == distinct)) {
      return true;
    }
    if (open > 0 && 2 * (open + none) >= distinct && isSaidEnough()) {
      return true;
    }
    if (switches == distinct) {
      return false;
    }
    return distinct >= mostWords(distinct);
  }

  /** Whether enough is the same to believe that it is the same statement. */
  private boolean isSaidEnough() {
    int others = patterns.get(0).words.length - 1;
    return texts >= 2 && 3 * texts >= others;
  }

  private int mostWords(int distinct) {
    Word[] words = patterns.get(0).words;
    if (place > 0 && OWNERS.contains(words[place - 1].text.toLowerCase(Locale.ROOT))) {
      return 2;
    }
    if (place == 0) {
      return FIRST_WORDS;
    }
    if (words.length >= LONG && isSaidEnough()) {
      return words.length >= LONGER ? 2 : 3;
    }
    int most = texts < 2 ? 2 * WORDS : WORDS;
    return capitals == distinct ? 2 * most : most;
  }
}

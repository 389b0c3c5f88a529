package dev.logdash.core.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known of the messages with one number of words. */
final class LengthGroup {

  // An open pattern with more forms than it may have keeps the most frequent of them.
  private static final int MOST_FORMS = 256;
  private static final int KEPT_FORMS = 128;
  private static final int SMALL = 64;
  private static final int SHARE_OF_NEWS = 4;
  private static final int MOST_PATIENCE = 4;

  private final List<Form> forms = new ArrayList<>();
  private List<ProvenPattern> proven = new ArrayList<>();
  private Collection<Pattern> patterns = List.of();
  private List<Open> open = List.of();
  private int news;

  // Grows while looking for patterns finds none, as in messages of random words.
  private int patience = 1;

  /** A pattern that takes in forms which were never seen. */
  private record Open(Pattern pattern, Template template) {}

  Collection<Form> forms() {
    return forms;
  }

  Collection<ProvenPattern> proven() {
    return proven;
  }

  /** The patterns as they were found last. */
  Collection<Pattern> patterns() {
    return patterns;
  }

  void add(Form form) {
    forms.add(form);
    Template fitting = template(form.text, form.text.length);
    form.template = fitting == null ? form.alone() : fitting;
    news++;
  }

  void add(ProvenPattern pattern) {
    proven.add(pattern);
    news++;
  }

  /** The proven pattern that a masked text fits, or null. */
  @Nullable ProvenPattern proven(char[] text, int length) {
    for (ProvenPattern pattern : proven) {
      if (Fit.fits(pattern.words, text, length)) {
        return pattern;
      }
    }
    return null;
  }

  /** The template of a masked text that has no form of its own, or null. */
  @Nullable Template template(char[] text, int length) {
    for (Open known : open) {
      if (Fit.fits(known.pattern.words, text, length)) {
        return known.template;
      }
    }
    return null;
  }

  /** Whether so much is new that looking for patterns pays. */
  boolean isStirred() {
    int pace = forms.size() > SMALL ? patience : 1;
    return SHARE_OF_NEWS * news >= pace * forms.size();
  }

  /**
   * Finds the patterns of all forms.
   *
   * @return the forms that are no longer kept one by one
   */
  List<Form> settle() {
    int fresh = news;
    news = 0;
    int before = patterns.size();
    patterns = Generalization.of(forms, proven);
    boolean found = patterns.size() - before < fresh;
    patience = found ? 1 : Math.min(MOST_PATIENCE, 2 * patience);
    List<ProvenPattern> nowProven = new ArrayList<>();
    open = new ArrayList<>();
    Set<Form> folded = new HashSet<>();
    for (Pattern pattern : patterns) {
      boolean alone = pattern.forms.size() == 1 && pattern.proven.isEmpty();
      Template template =
          alone ? pattern.forms.get(0).alone() : pattern.template(pattern.columns());
      pattern.forms.forEach(form -> form.template = template);
      if (pattern.isOpen()) {
        open.add(new Open(pattern, template));
      }
      if (!pattern.proven.isEmpty() || (pattern.isOpen() && pattern.forms.size() > MOST_FORMS)) {
        ProvenPattern whole = fold(pattern, folded);
        whole.template = template;
        nowProven.add(whole);
      }
    }
    proven = nowProven;
    forms.removeAll(folded);
    return List.copyOf(folded);
  }

  private static ProvenPattern fold(Pattern pattern, Set<Form> folded) {
    Pattern rare = new Pattern(pattern.words);
    rare.proven.addAll(pattern.proven);
    if (pattern.forms.size() > MOST_FORMS) {
      pattern.forms.sort(
          Comparator.comparingLong((Form form) -> -form.count).thenComparing(Form.BY_TEXT));
      List<Form> tail = pattern.forms.subList(KEPT_FORMS, pattern.forms.size());
      rare.forms.addAll(tail);
      folded.addAll(tail);
      tail.clear();
    }
    ProvenPattern whole = new ProvenPattern(pattern.words, rare.columns());
    whole.count = rare.count();
    for (ProvenPattern part : pattern.proven) {
      whole.lastSeen = Math.max(whole.lastSeen, part.lastSeen);
    }
    for (Form form : rare.forms) {
      whole.lastSeen = Math.max(whole.lastSeen, form.lastSeen);
    }
    pattern.proven.clear();
    pattern.proven.add(whole);
    return whole;
  }

  /**
   * Forgets what was not seen since a line.
   *
   * @return how many forms and proven patterns that were
   */
  int forget(long line) {
    int before = forms.size() + proven.size();
    forms.removeIf(form -> form.lastSeen < line);
    proven.removeIf(pattern -> pattern.lastSeen < line);
    patterns = List.of();
    return before - forms.size() - proven.size();
  }

  boolean isEmpty() {
    return forms.isEmpty() && proven.isEmpty();
  }
}

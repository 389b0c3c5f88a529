package dev.logdash.core.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns from messages which statements made them, one by one and in bounded memory.
 *
 * <p>Values that show by their shape are masked first: numbers, addresses, paths, times and more,
 * as {@link Placeholder} lists them. Messages that are then the same have the same template at
 * once. Of those that differ in words the miner finds out, as more of them come, which words are
 * values. Templates are merged by that, and the template of a message may be another one later;
 * after {@link #settle} it follows from the set of the messages and their counts alone and not from
 * their order, as long as nothing was forgotten and no template has more than 256 forms.
 *
 * <p>There is nothing to configure for a system of logs. A message that was seen in the same form
 * costs well below a microsecond and makes no garbage. Not safe for use by several threads.
 */
public final class TemplateMiner {

  private final MinerLimits limits;
  private final MessageMasker masker = new MessageMasker();
  private final FormTable table = new FormTable();
  private final Map<Integer, LengthGroup> groups = new TreeMap<>();
  private int forms;
  private long bytes;
  private long lines;
  private long forgotten;

  public TemplateMiner() {
    this(MinerLimits.DEFAULTS);
  }

  public TemplateMiner(MinerLimits limits) {
    this.limits = limits;
  }

  /**
   * Learns from a message. Of a message with several lines only the first counts, and of that the
   * first 4,096 characters.
   *
   * @return its template as far as it is known now
   */
  public Template mine(String message) {
    return mine(message, 1);
  }

  /**
   * Learns from a message that came several times, as if it were told each of them; of messages of
   * one form one may stand for all, but for the values of placeholders.
   *
   * @param times how often it came; at least once
   */
  public Template mine(String message, long times) {
    if (times < 1) {
      throw new IllegalArgumentException("times is not positive: " + times);
    }
    MaskedText masked = masker.mask(message);
    lines += times;
    Form form = table.find(masked.out, masked.length);
    if (form != null) {
      bytes += form.count(masked, lines, times);
      if (bytes > limits.maxBytes()) {
        forget();
      }
      return known(form.template);
    }
    return unknown(masked, times);
  }

  private Template unknown(MaskedText masked, long times) {
    LengthGroup group = groups.computeIfAbsent(masked.words(), words -> new LengthGroup());
    ProvenPattern proven = group.proven(masked.out, masked.length);
    if (proven != null) {
      proven.count(masked, lines, times);
      return known(proven.template);
    }
    Form form = new Form(masked.copy());
    form.count(masked, lines, times);
    add(group, form);
    if (group.isStirred()) {
      settle(group);
    }
    if (forms > limits.maxForms() || bytes > limits.maxBytes()) {
      forget();
    }
    return known(form.template);
  }

  private static Template known(@Nullable Template template) {
    if (template == null) {
      throw new IllegalStateException("a form without a template");
    }
    return template;
  }

  /** The template of a message as far as it is known now, or null. Learns nothing. */
  public @Nullable Template find(String message) {
    MaskedText masked = masker.mask(message);
    Form form = table.find(masked.out, masked.length);
    if (form != null) {
      return form.template;
    }
    LengthGroup group = groups.get(masked.words());
    return group == null ? null : group.template(masked.out, masked.length);
  }

  /** Looks for templates in all that was learned, also where little of it is new. */
  public void settle() {
    groups.values().forEach(this::settle);
  }

  private void settle(LengthGroup group) {
    List<Form> folded = group.settle();
    if (!folded.isEmpty()) {
      reload();
    }
  }

  /** All templates, the most frequent first. */
  public List<TemplateSummary> summaries() {
    settle();
    List<TemplateSummary> summaries = new ArrayList<>();
    for (LengthGroup group : groups.values()) {
      for (Pattern pattern : group.patterns()) {
        ColumnValues[] columns = pattern.columns();
        List<PlaceholderValues> values = new ArrayList<>();
        for (ColumnValues column : columns) {
          column.report(values);
        }
        summaries.add(
            new TemplateSummary(pattern.template(columns), pattern.count(), List.copyOf(values)));
      }
    }
    summaries.sort(
        Comparator.comparingLong((TemplateSummary summary) -> -summary.count())
            .thenComparing(summary -> summary.template().id()));
    return summaries;
  }

  /** How many messages were learned from. */
  public long lines() {
    return lines;
  }

  /** How many forms were forgotten because of the limits. */
  public long forgotten() {
    return forgotten;
  }

  /** How many forms are kept one by one. */
  int forms() {
    return forms;
  }

  /** About how many bytes of memory are in use. */
  long bytes() {
    return bytes;
  }

  private void add(LengthGroup group, Form form) {
    group.add(form);
    table.add(form);
    forms++;
    bytes += form.bytes();
  }

  /** Forgets the quarter that was not seen for the longest time. */
  private void forget() {
    reload();
    while (forms > limits.maxForms() || bytes > limits.maxBytes()) {
      List<Long> seen = new ArrayList<>();
      for (LengthGroup group : groups.values()) {
        group.forms().forEach(form -> seen.add(form.lastSeen));
        group.proven().forEach(pattern -> seen.add(pattern.lastSeen));
      }
      seen.sort(null);
      long line = seen.get(seen.size() / 4) + 1;
      for (LengthGroup group : groups.values()) {
        forgotten += group.forget(line);
      }
      groups.values().removeIf(LengthGroup::isEmpty);
      reload();
    }
  }

  private void reload() {
    List<Form> kept = new ArrayList<>();
    bytes = 0;
    for (LengthGroup group : groups.values()) {
      kept.addAll(group.forms());
      for (ProvenPattern pattern : group.proven()) {
        bytes += pattern.bytes();
      }
    }
    for (Form form : kept) {
      bytes += form.bytes();
    }
    forms = kept.size();
    table.set(kept);
  }

  /**
   * Writes what is known, so that another process can go on from there; without the values of
   * placeholders. The stream stays open.
   */
  public void save(OutputStream out) throws IOException {
    List<Form> kept = new ArrayList<>();
    List<ProvenPattern> proven = new ArrayList<>();
    for (LengthGroup group : groups.values()) {
      kept.addAll(group.forms());
      proven.addAll(group.proven());
    }
    kept.sort(Form.BY_TEXT);
    MinerState.write(new MinerState(lines, forgotten, kept, proven), out);
  }

  /**
   * A miner that knows what {@link #save} wrote.
   *
   * @throws IOException if it cannot be read, or was written in a format that is not known
   */
  public static TemplateMiner load(InputStream in, MinerLimits limits) throws IOException {
    MinerState state = MinerState.read(in);
    TemplateMiner miner = new TemplateMiner(limits);
    miner.lines = state.lines();
    miner.forgotten = state.forgotten();
    for (Form form : state.forms()) {
      miner.add(miner.groups.computeIfAbsent(form.words, words -> new LengthGroup()), form);
    }
    for (ProvenPattern pattern : state.proven()) {
      miner.groups.computeIfAbsent(pattern.words.length, words -> new LengthGroup()).add(pattern);
    }
    miner.settle();
    miner.forget();
    return miner;
  }
}

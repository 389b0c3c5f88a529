package dev.logdash.core.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What is known about a rule, in one document, so that deciding and putting into the outbox is one
 * write.
 *
 * @param tick the last that was evaluated, in seconds since 1970; 0 for none
 * @param episodes those that are not over, and those that are but have somebody to tell
 * @param known for absence: the groups that were seen, with the last tick at which there were
 *     events
 * @param overflow how many groups were left out, since there are {@value #MAX_EPISODES} at most
 * @param fields the grouping fields that the groups are of
 * @param problem why it cannot be evaluated; empty if it can
 */
record RuleState(
    long tick,
    List<Episode> episodes,
    Map<List<String>, Long> known,
    List<String> fields,
    long overflow,
    String problem) {

  /** The most groups of a rule that fire or are about to. */
  static final int MAX_EPISODES = 100;

  static final RuleState NEW = new RuleState(0, List.of(), Map.of(), List.of(), 0, "");

  RuleState {
    episodes = List.copyOf(episodes);
    known = Map.copyOf(known);
    fields = List.copyOf(fields);
  }

  RuleState changeEpisodes(UnaryOperator<Episode> change) {
    return new RuleState(
        tick, episodes.stream().map(change).toList(), known, fields, overflow, problem);
  }

  /** Those that are over and told. */
  List<Episode> done() {
    return episodes.stream().filter(Episode::isDone).toList();
  }

  RuleState withoutDone() {
    List<Episode> rest = new ArrayList<>(episodes);
    rest.removeIf(Episode::isDone);
    return new RuleState(tick, rest, known, fields, overflow, problem);
  }

  /** Whether there is more to keep than the tick. */
  boolean isWorthWriting(RuleState before) {
    return !episodes.equals(before.episodes)
        || !known.equals(before.known)
        || !fields.equals(before.fields)
        || overflow != before.overflow
        || !problem.equals(before.problem);
  }

  static Map<String, List<String>> byText(Iterable<List<String>> groups) {
    Map<String, List<String>> sorted = new TreeMap<>();
    groups.forEach(group -> sorted.put(String.join("\u0000", group), group));
    return sorted;
  }
}

package dev.logdash.core.alert;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.core.json.JsonDocument;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The states of rules and the history of episodes, as documents. */
final class States {

  static final String PREFIX = "alert-state/";

  private static final String HISTORY = "alert-history/";
  private static final int MAX_HISTORY = 1_000;
  private static final int PRUNE_AT_ONCE = 200;
  private static final int MAX_TRIES = 50;

  private final DocumentStore store;
  private final Decoding decoding = new Decoding();

  States(DocumentStore store) {
    this.store = store;
  }

  /** A state with the version of its document. */
  record Versioned(String rule, long version, RuleState state) {}

  /**
   * An episode that is over.
   *
   * @param rule as it was then
   */
  record Past(AlertRule rule, Episode episode) {}

  Mono<Versioned> load(String rule) {
    return store
        .get(PREFIX + rule)
        .map(States::versioned)
        .defaultIfEmpty(new Versioned(rule, DocumentStore.ABSENT, RuleState.NEW));
  }

  Flux<Versioned> all() {
    return decoding.each(store.list(PREFIX, "", 2 * AlertRules.MAX_RULES), States::versioned);
  }

  /** Writes a state in the place of the one that was loaded; empty if that is another by now. */
  Mono<Versioned> write(Versioned before, RuleState after) {
    return store
        .put(PREFIX + before.rule(), before.version(), StateJson.write(after))
        .map(version -> new Versioned(before.rule(), version, after));
  }

  /** Changes a state whatever others change; empty if the change leaves it as it is. */
  Mono<Versioned> change(String rule, UnaryOperator<RuleState> change) {
    return Mono.defer(
            () ->
                load(rule)
                    .flatMap(
                        before -> {
                          RuleState after = change.apply(before.state());
                          return after.equals(before.state())
                              ? Mono.just(Change.NONE)
                              : write(before, after).map(Change::new);
                        }))
        .repeatWhenEmpty(MAX_TRIES, tries -> tries)
        .filter(done -> done.to != null)
        .map(done -> Objects.requireNonNull(done.to));
  }

  private record Change(@Nullable Versioned to) {
    static final Change NONE = new Change(null);
  }

  Mono<Void> forget(Versioned state) {
    return store.delete(PREFIX + state.rule(), state.version()).then();
  }

  /** Puts what is over and told into the history, and takes it out of the state. */
  Mono<Void> archive(AlertRule rule, Versioned state) {
    if (state.state().done().isEmpty()) {
      return Mono.empty();
    }
    return Flux.fromIterable(state.state().done())
        .concatMap(
            episode -> store.put(key(rule, episode), DocumentStore.ABSENT, body(rule, episode)))
        .then(Mono.defer(() -> write(state, state.state().withoutDone())))
        .then(Mono.defer(this::prune));
  }

  /** What is over, the newest first. */
  Flux<Past> history(int limit) {
    return decoding.each(store.list(HISTORY, "", limit), States::past);
  }

  /** Forgets what the rules of somebody told, who is no more. */
  Mono<Void> forgetHistoryOf(String owner) {
    return store
        .list(HISTORY, "", MAX_HISTORY + PRUNE_AT_ONCE)
        .filterWhen(
            document ->
                decoding
                    .each(Flux.just(document), States::past)
                    .next()
                    .map(past -> past.rule().owner().equals(owner))
                    .defaultIfEmpty(false))
        .concatMap(document -> store.delete(document.key(), document.version()))
        .then();
  }

  private Mono<Void> prune() {
    return store
        .list(HISTORY, "", MAX_HISTORY + PRUNE_AT_ONCE)
        .skip(MAX_HISTORY)
        .concatMap(document -> store.delete(document.key(), document.version()))
        .then();
  }

  // Keys ascend, and the newest is to be the first.
  private static String key(AlertRule rule, Episode episode) {
    return String.format(
        Locale.ROOT,
        "%s%019d/%s",
        HISTORY,
        Long.MAX_VALUE - episode.ended(),
        episode.id(rule.id()));
  }

  private static String body(AlertRule rule, Episode episode) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", rule.id());
    json.put("rule", RuleJson.write(rule));
    json.put("episode", StateJson.episode(episode));
    return JsonDocument.write(json);
  }

  private static Past past(Document document) {
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    String id = json.text("id");
    return new Past(
        RuleJson.read(id, new Document(document.key(), 0, json.text("rule"))),
        StateJson.episode(json.object("episode")));
  }

  private static Versioned versioned(Document document) {
    return new Versioned(
        document.key().substring(PREFIX.length()),
        document.version(),
        StateJson.read(document.key(), document.body()));
  }
}

package dev.logdash.core.alert;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.auth.AuditLog;
import dev.logdash.core.query.EventFields;
import java.time.Clock;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rules, as documents. Whoever sees all logs ({@link Permission#SEARCH}) sees every rule;
 * anybody else those of their own. A rule that somebody may not see is not there. Changing takes
 * {@link Permission#RULES}.
 */
public final class AlertRules {

  static final String PREFIX = "alert-rule/";
  private static final String REMOVED = "alert-rule-removed/";

  /** The most rules there can be. */
  public static final int MAX_RULES = 500;

  private final DocumentStore store;
  private final AuditLog audit;
  private final Clock clock;
  private final Decoding decoding = new Decoding();

  AlertRules(DocumentStore store, AuditLog audit, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** Every rule, whoever asks. */
  Flux<AlertRule> all() {
    return decoding.each(
        store.list(PREFIX, "", MAX_RULES),
        document -> RuleJson.read(document.key().substring(PREFIX.length()), document));
  }

  /** The rules that somebody may see, by id. */
  public Flux<AlertRule> list(Actor actor) {
    return all().filter(rule -> sees(actor, rule));
  }

  /** A rule; empty if there is none, or none that may be seen. */
  public Mono<AlertRule> find(Actor actor, String id) {
    return stored(id).filter(rule -> sees(actor, rule));
  }

  /**
   * Adds a rule, which belongs to whoever adds it.
   *
   * @throws IllegalArgumentException through the publisher, if it can never be evaluated
   */
  public Mono<AlertRule> add(Actor actor, AlertRule rule) {
    return Mono.defer(
        () -> {
          AlertRule own =
              checked(copy(rule, UUID.randomUUID().toString(), 0, actor.principal().name()));
          return store
              .list(PREFIX, "", MAX_RULES)
              .count()
              .flatMap(
                  count -> {
                    if (count >= MAX_RULES) {
                      throw new IllegalArgumentException(
                          "there are " + MAX_RULES + " rules already; remove one first");
                    }
                    return write(actor, own, "added: ");
                  });
        });
  }

  /** Adds a rule of the installation itself, under a name of its own, unless it is there. */
  public Mono<Void> provide(AlertRule rule) {
    return store
        .put(PREFIX + rule.id(), DocumentStore.ABSENT, RuleJson.write(checked(rule)))
        .then();
  }

  /**
   * Changes a rule; its owner stays. Empty if there is none that may be seen; a {@link
   * StaleVersionException} if somebody else changed it since.
   */
  public Mono<AlertRule> change(Actor actor, AlertRule rule) {
    return find(actor, rule.id())
        .flatMap(
            before -> {
              AlertRule after = checked(copy(rule, before.id(), rule.version(), before.owner()));
              return write(actor, after, "changed: ");
            });
  }

  /** Removes a rule with what is known about it; whether there was one that may be seen. */
  public Mono<Boolean> remove(Actor actor, String id) {
    return find(actor, id)
        .flatMap(
            rule ->
                audit
                    .append(actor.does(AuditLog.Action.RULE_CHANGED, id, "removed: " + rule.name()))
                    .then(Mono.defer(() -> take(rule)))
                    .flatMap(removed -> removed ? Mono.just(true) : remove(actor, id)))
        .defaultIfEmpty(false);
  }

  /** Removes the rules of somebody who is no more, so that nobody inherits them with the name. */
  Mono<Void> removeAllOf(String owner) {
    return all().filter(rule -> rule.owner().equals(owner)).concatMap(this::take).then();
  }

  /** What fires is still to be resolved, and to be told with the rule's words. */
  private Mono<Boolean> take(AlertRule rule) {
    return store
        .put(REMOVED + rule.id(), DocumentStore.ABSENT, RuleJson.write(rule))
        .then(Mono.defer(() -> store.delete(PREFIX + rule.id(), rule.version())));
  }

  /** Rules that are removed, and of which something is still to be told. */
  Flux<AlertRule> removed() {
    return decoding.each(
        store.list(REMOVED, "", MAX_RULES),
        document -> RuleJson.read(document.key().substring(REMOVED.length()), document));
  }

  Mono<Void> forget(AlertRule removed) {
    return store.delete(REMOVED + removed.id(), removed.version()).then();
  }

  Mono<AlertRule> stored(String id) {
    return store.get(PREFIX + id).map(document -> RuleJson.read(id, document));
  }

  static boolean sees(Actor actor, AlertRule rule) {
    return actor.principal().mayEverywhere(Permission.SEARCH)
        || rule.owner().equals(actor.principal().name());
  }

  private Mono<AlertRule> write(Actor actor, AlertRule rule, String what) {
    if (!actor.principal().may(Permission.RULES)) {
      return Mono.error(new AccessDeniedException("this needs the permission RULES"));
    }
    return audit
        .append(
            actor.does(
                AuditLog.Action.RULE_CHANGED,
                rule.id(),
                what + rule.name() + ": " + rule.condition()))
        .then(Mono.defer(() -> store.put(PREFIX + rule.id(), rule.version(), RuleJson.write(rule))))
        .map(version -> copy(rule, rule.id(), version, rule.owner()))
        .switchIfEmpty(Mono.error(StaleVersionException::new));
  }

  /** Refuses now what would fail at each tick. */
  AlertRule checked(AlertRule rule) {
    long now = clock.instant().getEpochSecond();
    Measuring.filter(rule.query(), now);
    Measuring.filter(rule.measure().of(), now);
    Measuring.requireRequestFields(rule, now);
    for (String field : rule.groupBy()) {
      if (EventFields.isText(field)) {
        throw new IllegalArgumentException(
            field + " is searched by its words; it has no values to group by");
      }
    }
    return rule;
  }

  private static AlertRule copy(AlertRule rule, String id, long version, String owner) {
    return new AlertRule(
        id,
        version,
        owner,
        rule.name(),
        rule.dataset(),
        rule.query(),
        rule.measure(),
        rule.comparison(),
        rule.threshold(),
        rule.window(),
        rule.hold(),
        rule.groupBy().stream().map(EventFields::canonicalName).toList(),
        rule.urgency(),
        rule.channels(),
        rule.note(),
        rule.enabled());
  }
}

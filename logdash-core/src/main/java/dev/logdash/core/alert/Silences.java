package dev.logdash.core.alert;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.auth.AuditLog;
import dev.logdash.core.json.JsonDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The silences, as documents. Somebody with a scope silences rules of their own only; those who see
 * all logs silence every rule.
 */
public final class Silences {

  private static final String PREFIX = "alert-silence/";
  private static final int MAX_SILENCES = 500;
  private static final int MAX_COMMENT = 500;
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Duration KEPT = Duration.ofDays(1);

  private final DocumentStore store;
  private final AlertRules rules;
  private final AuditLog audit;
  private final Clock clock;
  private final Decoding decoding = new Decoding();

  Silences(DocumentStore store, AlertRules rules, AuditLog audit, Clock clock) {
    this.store = store;
    this.rules = rules;
    this.audit = audit;
    this.clock = clock;
  }

  /** All that are kept, also those that were over a moment ago: a tick may be of before. */
  Flux<Silence> kept() {
    return decoding.each(store.list(PREFIX, "", MAX_SILENCES), Silences::read);
  }

  /** All that are not over, whoever asks. */
  Flux<Silence> all() {
    Instant now = clock.instant();
    return kept().filter(silence -> now.isBefore(silence.until()));
  }

  /** Those that are not over and that concern what somebody sees. */
  public Flux<Silence> list(Actor actor) {
    return all()
        .filterWhen(
            silence ->
                silence.rule().isEmpty()
                    ? Mono.just(actor.principal().mayEverywhere(Permission.SILENCES))
                    : rules.find(actor, silence.rule()).hasElement());
  }

  /**
   * Silences a rule, or one group of it, from now on.
   *
   * @throws IllegalArgumentException through the publisher, for a rule that is not there or a time
   *     that is over or longer than 30 days
   */
  public Mono<Silence> add(
      Actor actor, String rule, Map<String, String> group, Instant until, String comment) {
    return Mono.defer(
        () -> {
          if (!actor.principal().may(Permission.SILENCES)) {
            throw new AccessDeniedException("this needs the permission SILENCES");
          }
          Instant now = clock.instant();
          if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            throw new IllegalArgumentException("until lies within the next 30 days");
          }
          if (comment.length() > MAX_COMMENT) {
            throw new IllegalArgumentException("comment has at most 500 characters");
          }
          Silence silence =
              new Silence(
                  UUID.randomUUID().toString(),
                  rule,
                  group,
                  now,
                  until,
                  actor.principal().name(),
                  comment);
          return permitted(actor, silence)
              .then(Mono.defer(this::removeOld))
              .then(Mono.defer(this::requireRoom))
              .then(Mono.defer(() -> audit.append(said(actor, silence, "silenced until "))))
              .then(
                  Mono.defer(
                      () -> store.put(PREFIX + silence.id(), DocumentStore.ABSENT, write(silence))))
              .thenReturn(silence);
        });
  }

  /** Ends a silence; whether there was one that may be seen. */
  public Mono<Boolean> end(Actor actor, String id) {
    return list(actor)
        .filter(silence -> silence.id().equals(id))
        .next()
        .flatMap(
            silence ->
                audit
                    .append(said(actor, silence, "silence ended, was until "))
                    .then(
                        Mono.defer(
                            () ->
                                store
                                    .get(PREFIX + id)
                                    .flatMap(
                                        document ->
                                            store.delete(document.key(), document.version())))))
        .defaultIfEmpty(false);
  }

  private Mono<Void> permitted(Actor actor, Silence silence) {
    if (silence.rule().isEmpty()) {
      return actor.principal().mayEverywhere(Permission.SILENCES)
          ? Mono.empty()
          : Mono.error(new AccessDeniedException("every rule is silenced by who sees all logs"));
    }
    return rules
        .find(actor, silence.rule())
        .switchIfEmpty(Mono.error(() -> new IllegalArgumentException("there is no such rule")))
        .then();
  }

  private Mono<Void> removeOld() {
    Instant before = clock.instant().minus(KEPT);
    return kept()
        .filter(silence -> silence.until().isBefore(before))
        .concatMap(silence -> store.get(PREFIX + silence.id()))
        .concatMap(document -> store.delete(document.key(), document.version()))
        .then();
  }

  private Mono<Void> requireRoom() {
    return store
        .list(PREFIX, "", MAX_SILENCES)
        .count()
        .flatMap(
            count ->
                count < MAX_SILENCES
                    ? Mono.empty()
                    : Mono.error(
                        new IllegalArgumentException(
                            "there are " + MAX_SILENCES + " silences already; end one first")));
  }

  private static AuditLog.Entry said(Actor actor, Silence silence, String what) {
    return actor.does(
        AuditLog.Action.RULE_CHANGED,
        silence.rule(),
        what + silence.until() + " " + new TreeMap<>(silence.group()));
  }

  private static String write(Silence silence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", silence.rule());
    json.put(
        "group",
        silence.group().entrySet().stream()
            .map(entry -> Map.of("field", entry.getKey(), "value", entry.getValue()))
            .toList());
    json.put("from", silence.from().toString());
    json.put("until", silence.until().toString());
    json.put("by", silence.by());
    json.put("comment", silence.comment());
    return JsonDocument.write(json);
  }

  private static Silence read(Document document) {
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    Map<String, String> group = new LinkedHashMap<>();
    json.objects("group").forEach(one -> group.put(one.text("field"), one.text("value")));
    return new Silence(
        document.key().substring(PREFIX.length()),
        json.text("rule"),
        group,
        Instant.parse(json.text("from")),
        Instant.parse(json.text("until")),
        json.text("by"),
        json.text("comment"));
  }
}

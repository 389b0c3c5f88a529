package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.Filter;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.auth.AuditLog;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.memory.InMemoryDocumentStore;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.memory.InMemoryRollupStore;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Logs, rules and receivers with a clock that stands still until it is moved. */
final class AlertWorld implements AutoCloseable {

  static final long NOON = LogEvents.NOON / LogEvents.SECOND;
  static final URI BASE = URI.create("https://logs.example.com/logdash/");

  final MutableClock clock = MutableClock.atNoon();
  final DocumentStore documents;
  final InMemoryLogStore logs = new InMemoryLogStore(clock);
  final InMemoryRollupStore rollups = new InMemoryRollupStore();
  final List<Notification> sent = Collections.synchronizedList(new ArrayList<>());
  final Map<String, Principal> users = new TreeMap<>();
  final Actor root = actor("root", "");
  Function<Notification, Mono<Void>> receiver = notification -> Mono.empty();
  AlertingService service;
  byte[] key = new byte[SecretBox.KEY_BYTES];
  String token = "";
  final Set<String> down = new HashSet<>();
  private long seq;

  AlertWorld() {
    this(new InMemoryDocumentStore());
  }

  AlertWorld(DocumentStore documents) {
    this.documents = documents;
    service = open(1);
  }

  /** A process over the same documents and logs. */
  AlertingService open(long seed) {
    return AlertingService.builder()
        .store(documents)
        .reader(new ScopedReader(logs, rollups, RollupSettings.DEFAULTS.definitions()))
        .audit(new AuditLog(documents, clock))
        .secrets(new SecretBox(key, new Random(seed)))
        .clock(clock)
        .random(new Random(seed))
        .watermark(() -> clock.millis() * 1_000_000L)
        .users(name -> Mono.justOrEmpty(users.get(name)))
        .link(() -> BASE)
        .type(new Receivers())
        .scheduler(Schedulers.immediate())
        .build();
  }

  /** Ends the process and begins another. */
  void restart(long seed) {
    service.close();
    service = open(seed);
  }

  /** Somebody who holds all permissions for the events of a scope. */
  Actor actor(String name, String scope) {
    Filter filter = scope.isEmpty() ? Filter.ALL : new QueryParser(Clock.systemUTC()).parse(scope);
    Map<Permission, Filter> scopes = new EnumMap<>(Permission.class);
    for (Permission permission : Permission.values()) {
      scopes.put(permission, filter);
    }
    Principal principal = new Principal(name, Set.of(), scopes, Set.of());
    users.put(name, principal);
    return new Actor(principal, "192.0.2.1");
  }

  String channel(String name) {
    return service
        .channels()
        .save(root, new AlertChannel("", 0, "test", name, Map.of("to", name)))
        .block()
        .id();
  }

  AlertRule add(Rule rule) {
    return service.rules().add(root, rule.build()).block();
  }

  void log(String service, Severity severity, String message) {
    log(service, severity, message, Attributes.builder().build());
  }

  void log(String service, Severity severity, String message, Attributes attributes) {
    LogEvent event =
        LogEvents.event(++seq)
            .timestampNanos(clock.millis() * 1_000_000L)
            .service(service)
            .severity(severity)
            .severityText(severity.name())
            .message(message)
            .attributes(attributes)
            .build();
    logs.append(LogEvents.batch(event)).block();
  }

  void errors(String service, int count) {
    for (int i = 0; i < count; i++) {
      log(service, Severity.ERROR, "failure " + i + " of " + service);
    }
  }

  /** Lets time pass second by second, with a round in each. */
  void pass(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      service.round().block();
    }
  }

  List<AlertingService.Alert> alerts(Episode.State state) {
    return service.alerts(root, state, 100).collectList().block();
  }

  List<String> kinds() {
    return sent.stream().map(one -> one.kind() + " " + one.group().values()).toList();
  }

  Instant at(long seconds) {
    return Instant.ofEpochSecond(NOON + seconds);
  }

  @Override
  public void close() {
    service.close();
  }

  /** A rule in the making; by default more than two errors of a service in 30 s. */
  static final class Rule {
    String query = "level:error";
    AlertRule.Kind kind = AlertRule.Kind.COUNT;
    AlertRule.Source source = AlertRule.Source.EVENTS;
    String field = "event.duration";
    double percentile = 0.95;
    String of = "";
    String op = ">";
    double threshold = 2;
    String window = "30s";
    String hold = "0s";
    List<String> groupBy = List.of("service.name");
    List<String> channels = List.of();

    Rule channels(String... ids) {
      channels = List.of(ids);
      return this;
    }

    AlertRule build() {
      return new AlertRule(
          "",
          0,
          "",
          "too many errors",
          "default",
          query,
          new AlertRule.Measure(kind, source, field, percentile, of),
          AlertRule.Comparison.of(op),
          threshold,
          Spans.parse(window),
          Spans.parse(hold),
          groupBy,
          Notification.Urgency.CRITICAL,
          channels,
          "look at the database",
          true);
    }
  }

  private final class Receivers implements NotifierType {

    @Override
    public String name() {
      return "test";
    }

    @Override
    public List<Setting> settings() {
      return List.of(
          new Setting("to", true, false, "who"),
          new Setting("host", false, false, "where"),
          new Setting("token", false, true, "a token"));
    }

    @Override
    public Notifier open(Map<String, String> settings) {
      if (!settings.containsKey("to")) {
        throw new IllegalArgumentException("to is missing");
      }
      token = settings.getOrDefault("token", "");
      return new Notifier() {
        @Override
        public Mono<Void> deliver(Notification notification) {
          if (down.contains(settings.get("to"))) {
            return Mono.error(new BackendException.Unavailable("down", null));
          }
          return Mono.defer(() -> receiver.apply(notification))
              .doOnSuccess(nothing -> sent.add(notification));
        }

        @Override
        public void close() {}
      };
    }
  }
}

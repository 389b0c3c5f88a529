package dev.logdash.core.alert;

import dev.logdash.api.alert.NotifierType;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.store.Filter;
import dev.logdash.core.auth.AuditLog;
import dev.logdash.core.auth.ScopedReader;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Collects what alerts need. Building does no I/O. */
public final class AlertingServiceBuilder {

  private static final int THREADS = 16;
  private static final int QUEUE = 10_000;

  private @Nullable DocumentStore store;
  private @Nullable ScopedReader reader;
  private @Nullable AuditLog audit;
  private @Nullable SecretBox secrets;
  private @Nullable Clock clock;
  private @Nullable RandomGenerator random;
  private @Nullable LongSupplier watermark;
  private @Nullable Scheduler scheduler;
  private Function<String, Mono<Principal>> users = user -> Mono.empty();
  private Supplier<@Nullable URI> link = () -> null;
  private final List<NotifierType> types = new ArrayList<>();

  AlertingServiceBuilder() {}

  /** Where rules, their states and the outbox are; must be given. */
  public AlertingServiceBuilder store(DocumentStore value) {
    store = value;
    return this;
  }

  /** What rules see the logs through; must be given. */
  public AlertingServiceBuilder reader(ScopedReader value) {
    reader = value;
    return this;
  }

  /** Where changes of rules and channels are written down; must be given. */
  public AlertingServiceBuilder audit(AuditLog value) {
    audit = value;
    return this;
  }

  /** What keeps the secrets of channels; must be given. */
  public AlertingServiceBuilder secrets(SecretBox value) {
    secrets = value;
    return this;
  }

  /** Tells the time; must be given. */
  public AlertingServiceBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** Where pauses between attempts get their spread from; must be given. */
  public AlertingServiceBuilder random(RandomGenerator value) {
    random = value;
    return this;
  }

  /**
   * The time, in nanoseconds since 1970, up to which everything that was received can be found;
   * must be given.
   */
  public AlertingServiceBuilder watermark(LongSupplier value) {
    watermark = value;
    return this;
  }

  /** What a user may do now, by name; empty for nobody. Default: nobody is known. */
  public AlertingServiceBuilder users(Function<String, Mono<Principal>> value) {
    users = value;
    return this;
  }

  /** The address of the dashboard for links in messages. Default: messages have no link. */
  public AlertingServiceBuilder link(Supplier<@Nullable URI> value) {
    link = value;
    return this;
  }

  /** Adds a way to tell people. */
  public AlertingServiceBuilder type(NotifierType value) {
    types.add(Objects.requireNonNull(value, "type"));
    return this;
  }

  /** Where the work is done; stays the caller's. Default: threads of its own. */
  public AlertingServiceBuilder scheduler(Scheduler value) {
    scheduler = value;
    return this;
  }

  public AlertingService build() {
    Scheduler given = scheduler;
    return given != null
        ? new AlertingService(this, given, false)
        : new AlertingService(
            this, Schedulers.newBoundedElastic(THREADS, QUEUE, "logdash-alerts", 60, true), true);
  }

  DocumentStore store() {
    return Objects.requireNonNull(store, "store");
  }

  ScopedReader reader() {
    return Objects.requireNonNull(reader, "reader");
  }

  AuditLog audit() {
    return Objects.requireNonNull(audit, "audit");
  }

  SecretBox secrets() {
    return Objects.requireNonNull(secrets, "secrets");
  }

  Clock clock() {
    return Objects.requireNonNull(clock, "clock");
  }

  RandomGenerator random() {
    return Objects.requireNonNull(random, "random");
  }

  LongSupplier watermark() {
    return Objects.requireNonNull(watermark, "watermark");
  }

  Supplier<@Nullable URI> link() {
    return link;
  }

  List<NotifierType> types() {
    return List.copyOf(types);
  }

  /** The rights of the owner of a rule; one of the installation itself sees everything. */
  Function<String, Mono<Principal>> rights() {
    Map<Permission, Filter> everything = new EnumMap<>(Permission.class);
    everything.put(Permission.SEARCH, Filter.ALL);
    everything.put(Permission.OVERVIEW, Filter.ALL);
    Principal installation = new Principal("", Set.of(), everything, Set.of());
    return owner -> owner.isEmpty() ? Mono.just(installation) : users.apply(owner);
  }
}

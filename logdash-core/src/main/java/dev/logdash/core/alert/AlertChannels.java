package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.auth.AuditLog;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The channels, as documents whose secrets are sealed. Those who hold {@link Permission#CHANNELS}
 * see and change them; whoever makes rules sees their names.
 */
public final class AlertChannels implements AutoCloseable {

  private static final int MAX_CHANNELS = 100;
  private static final int MAX_NAME = 100;
  private static final int MAX_VALUE = 4_096;

  private final DocumentStore store;
  private final AuditLog audit;
  private final ChannelDocuments documents;
  private final Clock clock;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();
  private final Decoding decoding = new Decoding();

  private record Opened(long version, Notifier notifier) {}

  AlertChannels(
      DocumentStore store,
      AuditLog audit,
      SecretBox secrets,
      List<NotifierType> types,
      Clock clock) {
    this.store = store;
    this.audit = audit;
    this.documents = new ChannelDocuments(secrets, types);
    this.clock = clock;
  }

  /** The ways there are, by name. */
  public List<NotifierType> types() {
    return documents.types();
  }

  /** All channels, without settings for those who may not change them. */
  public Flux<AlertChannel> list(Actor actor) {
    boolean settings = actor.principal().may(Permission.CHANNELS);
    return decoding
        .each(store.list(ChannelDocuments.PREFIX, "", MAX_CHANNELS), documents::read)
        .map(channel -> settings ? hidden(channel) : withoutSettings(channel));
  }

  /**
   * Adds a channel, or changes one if it has an id: a secret that is {@value AlertChannel#HIDDEN}
   * stays. Empty if there is none of the id; a {@link StaleVersionException} if somebody else
   * changed it since.
   *
   * @throws IllegalArgumentException through the publisher, naming the setting that is wrong
   */
  public Mono<AlertChannel> save(Actor actor, AlertChannel channel) {
    return Mono.defer(
        () -> {
          actor.require(Permission.CHANNELS);
          if (!channel.id().isEmpty()) {
            return store
                .get(ChannelDocuments.PREFIX + channel.id())
                .flatMap(before -> write(actor, merged(channel, documents.read(before))));
          }
          return store
              .list(ChannelDocuments.PREFIX, "", MAX_CHANNELS)
              .count()
              .flatMap(
                  count -> {
                    if (count >= MAX_CHANNELS) {
                      throw new IllegalArgumentException(
                          "there are " + MAX_CHANNELS + " channels already");
                    }
                    return write(actor, withId(channel, UUID.randomUUID().toString()));
                  });
        });
  }

  /** Removes a channel; whether there was one. Rules that name it tell nobody through it. */
  public Mono<Boolean> remove(Actor actor, String id) {
    return Mono.defer(
        () -> {
          actor.require(Permission.CHANNELS);
          return store
              .get(ChannelDocuments.PREFIX + id)
              .flatMap(
                  document ->
                      audit
                          .append(
                              actor.does(
                                  AuditLog.Action.CHANNEL_CHANGED,
                                  id,
                                  "removed: " + documents.read(document)))
                          .then(Mono.defer(() -> store.delete(document.key(), document.version()))))
              .defaultIfEmpty(false);
        });
  }

  /**
   * Sends a message that says it is a test; fails as a delivery does. Empty without the channel.
   */
  public Mono<AlertChannel> test(Actor actor, String id) {
    return Mono.defer(
        () -> {
          actor.require(Permission.CHANNELS);
          return store
              .get(ChannelDocuments.PREFIX + id)
              .map(documents::read)
              .flatMap(
                  channel ->
                      audit
                          .append(
                              actor.does(AuditLog.Action.CHANNEL_CHANGED, id, "tested: " + channel))
                          .then(Mono.defer(() -> notifier(channel).deliver(trial(actor))))
                          .thenReturn(hidden(channel)));
        });
  }

  /** What delivers to a channel; empty if it was removed. */
  Mono<Notifier> notifier(String id) {
    return store
        .get(ChannelDocuments.PREFIX + id)
        .map(documents::read)
        .map(this::notifier)
        .switchIfEmpty(Mono.fromRunnable(() -> evict(id)));
  }

  private void evict(String id) {
    Opened gone = opened.remove(id);
    if (gone != null) {
      gone.notifier().close();
    }
  }

  /** The names of all channels, by id. */
  Mono<Map<String, AlertChannel>> byId() {
    return decoding
        .each(store.list(ChannelDocuments.PREFIX, "", MAX_CHANNELS), documents::read)
        .map(AlertChannels::withoutSettings)
        .collectMap(AlertChannel::id);
  }

  private Notifier notifier(AlertChannel channel) {
    Opened current =
        opened.compute(
            channel.id(),
            (id, before) -> {
              if (before != null && before.version() >= channel.version()) {
                return before;
              }
              Notifier made =
                  documents.type(channel.kind()).open(documents.opened(channel).settings());
              if (before != null) {
                before.notifier().close();
              }
              return new Opened(channel.version(), made);
            });
    return current.notifier();
  }

  private Notification trial(Actor actor) {
    Instant now = clock.instant();
    return new Notification(
        UUID.randomUUID().toString(),
        Notification.Kind.TEST,
        "test",
        UUID.randomUUID().toString(),
        false,
        Notification.Urgency.INFO,
        Map.of(),
        "nothing happened; " + actor.principal().name() + " tries whether messages arrive",
        null,
        now,
        now,
        "",
        now,
        now,
        null,
        0,
        List.of(),
        "");
  }

  private Mono<AlertChannel> write(Actor actor, AlertChannel channel) {
    if (channel.name().isBlank() || channel.name().length() > MAX_NAME) {
      throw new IllegalArgumentException("name has 1 to 100 characters");
    }
    for (Map.Entry<String, String> setting : channel.settings().entrySet()) {
      if (setting.getValue().length() > MAX_VALUE) {
        throw new IllegalArgumentException(setting.getKey() + " has more than 4,096 characters");
      }
    }
    // Says at once what is wrong with the settings.
    documents.type(channel.kind()).open(channel.settings()).close();
    return audit
        .append(actor.does(AuditLog.Action.CHANNEL_CHANGED, channel.id(), channel.toString()))
        .then(
            Mono.defer(
                () ->
                    store.put(
                        ChannelDocuments.PREFIX + channel.id(),
                        channel.version(),
                        documents.sealed(channel))))
        .map(
            version ->
                hidden(
                    new AlertChannel(
                        channel.id(), version, channel.kind(), channel.name(), channel.settings())))
        .switchIfEmpty(Mono.error(StaleVersionException::new));
  }

  private AlertChannel merged(AlertChannel after, AlertChannel before) {
    if (!after.kind().equals(before.kind())) {
      throw new IllegalArgumentException("the kind of a channel does not change");
    }
    Map<String, String> settings = new HashMap<>(after.settings());
    settings.values().removeIf(String::isEmpty);
    List<String> kept =
        settings.entrySet().stream()
            .filter(one -> one.getValue().equals(AlertChannel.HIDDEN))
            .map(Map.Entry::getKey)
            .filter(name -> documents.isSecret(after.kind(), name))
            .toList();
    // Else a secret that nobody may see could be sent to wherever one likes.
    if (!kept.isEmpty() && !whereTo(settings).equals(whereTo(before.settings()))) {
      throw new IllegalArgumentException(
          "enter "
              + String.join(", ", kept)
              + " again: what is secret stays only while nothing but name, to and from changes");
    }
    for (String name : kept) {
      String value = before.settings().get(name);
      if (value != null) {
        settings.put(name, documents.opened(before.id(), name, value));
      } else {
        settings.remove(name);
      }
    }
    return new AlertChannel(before.id(), after.version(), before.kind(), after.name(), settings);
  }

  /** What decides over the receiver; a secret that stays is the same as before. */
  private static Map<String, String> whereTo(Map<String, String> settings) {
    Map<String, String> decisive = new HashMap<>(settings);
    decisive.keySet().removeAll(Set.of("to", "from"));
    decisive.replaceAll(
        (name, value) -> value.startsWith(SecretBox.PREFIX) ? AlertChannel.HIDDEN : value);
    return decisive;
  }

  private AlertChannel hidden(AlertChannel channel) {
    Map<String, String> shown = new HashMap<>(channel.settings());
    shown.replaceAll(
        (name, value) -> documents.isSecret(channel.kind(), name) ? AlertChannel.HIDDEN : value);
    return new AlertChannel(channel.id(), channel.version(), channel.kind(), channel.name(), shown);
  }

  private static AlertChannel withoutSettings(AlertChannel channel) {
    return new AlertChannel(
        channel.id(), channel.version(), channel.kind(), channel.name(), Map.of());
  }

  private static AlertChannel withId(AlertChannel channel, String id) {
    return new AlertChannel(
        id, DocumentStore.ABSENT, channel.kind(), channel.name(), channel.settings());
  }

  @Override
  public void close() {
    opened.values().forEach(one -> one.notifier().close());
    opened.clear();
  }
}

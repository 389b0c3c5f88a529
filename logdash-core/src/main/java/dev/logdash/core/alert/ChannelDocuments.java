package dev.logdash.core.alert;

import dev.logdash.api.alert.NotifierType;
import dev.logdash.api.document.Document;
import dev.logdash.core.json.JsonDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Channels as they are stored: JSON in which what its kind says is secret is sealed. */
final class ChannelDocuments {

  /** What the keys of channels begin with; the id follows. */
  static final String PREFIX = "alert-channel/";

  private final SecretBox secrets;
  private final Map<String, NotifierType> types = new TreeMap<>();

  ChannelDocuments(SecretBox secrets, List<NotifierType> types) {
    this.secrets = secrets;
    types.forEach(type -> this.types.put(type.name(), type));
  }

  /** The ways there are, by name. */
  List<NotifierType> types() {
    return List.copyOf(types.values());
  }

  /**
   * How a kind of channels is told.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  NotifierType type(String kind) {
    NotifierType type = types.get(kind);
    if (type == null) {
      throw new IllegalArgumentException(
          "kind is one of " + String.join(", ", types.keySet()) + ", not: " + kind);
    }
    return type;
  }

  /** Whether a setting is one that nobody sees again. */
  boolean isSecret(String kind, String setting) {
    // What is not known any more is rather hidden than shown.
    NotifierType type = types.get(kind);
    return type == null
        || type.settings().stream()
            .filter(one -> one.name().equals(setting))
            .findFirst()
            .map(NotifierType.Setting::secret)
            .orElse(true);
  }

  /** The document of a channel, its secrets sealed. */
  String sealed(AlertChannel channel) {
    List<Object> settings = new ArrayList<>();
    new TreeMap<>(channel.settings())
        .forEach(
            (name, value) -> {
              boolean secret = isSecret(channel.kind(), name);
              settings.add(
                  Map.of(
                      "name", name,
                      "sealed", secret,
                      "value", secret ? secrets.seal(value, place(channel.id(), name)) : value));
            });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", channel.kind());
    json.put("name", channel.name());
    json.put("settings", settings);
    return JsonDocument.write(json);
  }

  /** A channel whose secrets are still sealed, so that one that cannot be opened stops nothing. */
  AlertChannel read(Document document) {
    String id = document.key().substring(PREFIX.length());
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    Map<String, String> settings = new HashMap<>();
    for (JsonDocument one : json.objects("settings")) {
      settings.put(one.text("name"), one.text("value"));
    }
    return new AlertChannel(id, document.version(), json.text("kind"), json.text("name"), settings);
  }

  /** The channel with its secrets as they are. */
  AlertChannel opened(AlertChannel channel) {
    Map<String, String> settings = new HashMap<>(channel.settings());
    settings.replaceAll((name, value) -> opened(channel.id(), name, value));
    return new AlertChannel(
        channel.id(), channel.version(), channel.kind(), channel.name(), settings);
  }

  /** A setting as it is. */
  String opened(String id, String name, String value) {
    return value.startsWith(SecretBox.PREFIX) ? secrets.open(value, place(id, name)) : value;
  }

  private static String place(String id, String setting) {
    return id + "/" + setting;
  }
}

package dev.logdash.notify;

import dev.logdash.api.alert.NotifierType.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The values of settings, checked against what may be set. */
final class Settings {

  private static final int MAX_LENGTH = 16 << 10;

  private final Map<String, String> values = new HashMap<>();

  /**
   * Takes values in; an empty one is as good as none.
   *
   * @throws IllegalArgumentException if one is unknown, too long, or has control characters, or one
   *     that is required is missing; the message has no value in it
   */
  Settings(List<Setting> known, Map<String, String> given) {
    for (Setting setting : known) {
      String value = given.getOrDefault(setting.name(), "");
      // A line end in a value would end the header that it is put into.
      if (value.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(setting.name() + " has a control character");
      }
      if (value.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            setting.name() + " has more than " + MAX_LENGTH + " characters");
      }
      if (value.isBlank() && setting.required()) {
        throw new IllegalArgumentException(setting.name() + " is missing");
      }
      if (!value.isBlank()) {
        values.put(setting.name(), setting.secret() ? value : value.strip());
      }
    }
    TreeSet<String> unknown = new TreeSet<>(given.keySet());
    known.forEach(setting -> unknown.remove(setting.name()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          VisibleText.line(unknown.first())
              + " is no setting; there are "
              + String.join(", ", known.stream().map(Setting::name).toList()));
    }
  }

  /** The value, or an empty text. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  int port(String name, int otherwise) {
    String value = get(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int port = Integer.parseInt(value);
      if (port > 0 && port < 1 << 16) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told like a number out of range.
    }
    throw new IllegalArgumentException(name + " is no number from 1 to 65535");
  }
}

package dev.logdash.api.alert;

import java.util.List;
import java.util.Map;

/** A way to tell people, such as e-mail. Found by {@link java.util.ServiceLoader}. */
public interface NotifierType {

  /** What people call it in rules and addresses: {@code email}, {@code slack}, {@code webhook}. */
  String name();

  /** What must or may be set, in the order in which a form asks for it. */
  List<Setting> settings();

  /**
   * Makes a notifier. Does no I/O.
   *
   * @param settings values by name; one that is not there has its default
   * @throws IllegalArgumentException if a value is missing, unknown or cannot be right; its message
   *     names the setting, never the value of a secret one
   */
  Notifier open(Map<String, String> settings);

  /**
   * Something to set.
   *
   * @param secret whether the value is kept encrypted and never shown again
   * @param description what it is, with an example
   */
  record Setting(String name, boolean required, boolean secret, String description) {}
}

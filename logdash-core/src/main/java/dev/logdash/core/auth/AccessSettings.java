package dev.logdash.core.auth;

import java.time.Duration;

/**
 * How long things hold.
 *
 * @param idle a session ends when it was not used for so long
 * @param absolute a session ends so long after signing in, however it is used
 * @param setUp a set-up code can be used for so long
 */
public record AccessSettings(Duration idle, Duration absolute, Duration setUp) {

  public static final AccessSettings DEFAULTS =
      new AccessSettings(Duration.ofMinutes(30), Duration.ofHours(12), Duration.ofMinutes(30));

  public AccessSettings {
    for (Duration duration : new Duration[] {idle, absolute, setUp}) {
      if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
        throw new IllegalArgumentException("shorter than a minute: " + duration);
      }
    }
  }
}

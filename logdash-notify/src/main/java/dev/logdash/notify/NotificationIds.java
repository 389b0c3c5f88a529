package dev.logdash.notify;

import dev.logdash.api.alert.Notification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that go into headers. */
final class NotificationIds {

  private static final int MAX_LENGTH = 64;

  private NotificationIds() {}

  /**
   * The id of a notification.
   *
   * @throws IllegalArgumentException if it is not as {@link Notification} says
   */
  static String of(Notification notification) {
    String id = notification.id();
    boolean plain = !id.isEmpty() && id.length() <= MAX_LENGTH;
    for (int i = 0; plain && i < id.length(); i++) {
      char c = id.charAt(i);
      plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    if (!plain) {
      throw new IllegalArgumentException(
          "the id of a notification has 1 to 64 of the characters a-z 0-9 -");
    }
    return id;
  }

  /** Stands for the episode; an episode may have any id. */
  static String ofEpisode(Notification notification) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(notification.episode().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}

package dev.logdash.core.store;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import org.jspecify.annotations.Nullable;

/**
 * What no store takes, because one of them cannot: so that a change of the store never changes what
 * is kept.
 */
public final class EventLimits {

  /** The most bytes in UTF-8 of an id, a producer or the name of an attribute; Elasticsearch's. */
  public static final int MAX_NAME_BYTES = 512;

  /** The most UTF-16 units of all texts of an event; a third of what a Lucene document can hold. */
  public static final int MAX_TEXT = 32 << 20;

  /** The most attributes of an event. */
  public static final int MAX_ATTRIBUTES = 4_096;

  private static final int MAX_DATASET = 64;
  // Of one UTF-16 unit in UTF-8.
  private static final int MOST_BYTES = 3;

  private EventLimits() {}

  /** Why an event can never be stored; null if it can. */
  public static @Nullable String refusal(LogEvent event) {
    if (isLongerThan(event.id(), MAX_NAME_BYTES)) {
      return "the id is longer than " + MAX_NAME_BYTES + " bytes";
    }
    if (isLongerThan(event.producer(), MAX_NAME_BYTES)) {
      return "the producer is longer than " + MAX_NAME_BYTES + " bytes";
    }
    if (!isDataset(event.dataset())) {
      return "a dataset has 1 to 64 of a-z, 0-9, _ and -, and starts with a letter or digit";
    }
    Attributes attributes = event.attributes();
    if (attributes.size() > MAX_ATTRIBUTES) {
      return "more than " + MAX_ATTRIBUTES + " attributes";
    }
    for (int i = 0; i < attributes.size(); i++) {
      if (isLongerThan(attributes.name(i), MAX_NAME_BYTES)) {
        return "the name of an attribute is longer than " + MAX_NAME_BYTES + " bytes";
      }
    }
    return textLength(event) > MAX_TEXT ? "more than " + MAX_TEXT + " characters of text" : null;
  }

  /** The beginning of a name that a store takes: all of it, but for the longest. */
  public static String name(String name) {
    if (!isLongerThan(name, MAX_NAME_BYTES)) {
      return name;
    }
    int end = 0;
    for (int bytes = 0; end < name.length(); end++) {
      bytes += bytes(name.charAt(end));
      if (bytes > MAX_NAME_BYTES) {
        break;
      }
    }
    // Half a pair is no character.
    return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end);
  }

  /** How many UTF-16 units all texts of an event have. */
  public static long textLength(LogEvent event) {
    long length =
        (long) event.message().length()
            + event.service().length()
            + event.severityText().length()
            + event.source().length()
            + event.traceId().length()
            + event.spanId().length();
    for (int i = 0; i < event.attributes().size(); i++) {
      length += textLength(event.attributes().value(i));
    }
    return length;
  }

  private static long textLength(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    long length = 0;
    if (value instanceof Iterable<?> list) {
      for (Object element : list) {
        length += textLength(element);
      }
    }
    return length;
  }

  /** Whether a name can be part of that of an index, and of a folder on any file system. */
  private static boolean isDataset(String name) {
    if (name.isEmpty() || name.length() > MAX_DATASET) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean first = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!first && (i == 0 || (c != '_' && c != '-'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLongerThan(String text, int maxBytes) {
    if (text.length() > maxBytes) {
      return true;
    }
    if (text.length() <= maxBytes / MOST_BYTES) {
      return false;
    }
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += bytes(text.charAt(i));
    }
    return bytes > maxBytes;
  }

  private static int bytes(char c) {
    // Each half of a pair counts two of the four bytes.
    return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}

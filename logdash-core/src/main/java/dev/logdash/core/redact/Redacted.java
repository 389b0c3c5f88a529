package dev.logdash.core.redact;

import dev.logdash.api.event.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A text without its secrets, and the names of the detectors that found some. */
final class Redacted {

  private final byte[] text;
  private final List<String> kinds;

  Redacted(byte[] text, List<String> kinds) {
    this.text = text;
    this.kinds = kinds;
  }

  byte[] text() {
    return text;
  }

  /** The headers of the record, and what was taken out of it, now or before. */
  Map<String, String> marked(Map<String, String> headers) {
    Set<String> all = new TreeSet<>(kinds);
    String before = headers.get(Headers.REDACTED);
    if (before != null) {
      all.addAll(List.of(before.split(",", -1)));
    }
    Map<String, String> marked = new HashMap<>(headers);
    marked.put(Headers.REDACTED, String.join(",", all));
    return marked;
  }
}

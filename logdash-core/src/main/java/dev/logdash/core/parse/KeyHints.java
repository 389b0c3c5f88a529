package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * Values of nested keys that say what a well-known key would say, as {@code detail.client_ip} does.
 * They are kept under their own name, and taken for the well-known field once the whole record was
 * read and has none of its own.
 */
final class KeyHints {

  private static final int MAX_HINTS = 32;

  private final @Nullable Key[] keys = new Key[MAX_HINTS];
  private final int[] from = new int[MAX_HINTS];
  private final int[] to = new int[MAX_HINTS];
  private int size;

  void clear() {
    size = 0;
  }

  /** Remembers a value without escapes. */
  void add(Key hint, int start, int end) {
    if (size < MAX_HINTS) {
      keys[size] = hint;
      from[size] = start;
      to[size++] = end;
    }
  }

  /** Puts what the record does not say otherwise. */
  void deliver(byte[] b, FieldSink sink) {
    for (int i = 0; i < size; i++) {
      Key key = keys[i];
      if (key == null) {
        continue;
      }
      switch (key.role()) {
        case TIME:
        case LEVEL:
        case LEVEL_WORD:
        case METHOD:
        case STATUS:
        case URL:
        case ADDRESS:
        case IP:
        case HTTP_VERSION:
        case DURATION:
          FieldMapper.mapText(key, b, from[i], to[i], false, sink);
          break;
        case MESSAGE:
          sink.message(b, from[i], to[i]);
          break;
        case TEXT:
          if (!sink.contains(key.field())) {
            sink.put(key.field(), new String(b, from[i], to[i] - from[i], UTF_8));
          }
          break;
        case WHOLE:
          FieldMapper.mapText(key, b, from[i], to[i], false, sink);
          break;
        default:
          break;
      }
    }
    size = 0;
  }
}

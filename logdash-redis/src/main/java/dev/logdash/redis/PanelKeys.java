package dev.logdash.redis;

import dev.logdash.api.cache.PanelKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The names that a panel has in Redis. Scope and question say who looks for what, so only their
 * hashes show; the braces keep what belongs to a scope on one node of a cluster.
 */
final class PanelKeys {

  private static final int HASH_BYTES = 16;

  private final byte[] generation;
  private final byte[] panel;
  private final byte[] computing;

  private PanelKeys(byte[] generation, byte[] panel, byte[] computing) {
    this.generation = generation;
    this.panel = panel;
    this.computing = computing;
  }

  static PanelKeys of(String prefix, PanelKey key) {
    String question = hash(key.fingerprint());
    String scope = scope(prefix, key.scope());
    return new PanelKeys(
        generation(prefix, key.scope()),
        bytes(scope + "panel:" + question),
        bytes(scope + "computing:" + question));
  }

  /** Of the scope; another one means that its panels are invalid. */
  byte[] generation() {
    return generation;
  }

  /** The panel itself. */
  byte[] panel() {
    return panel;
  }

  /** Who is computing it. */
  byte[] computing() {
    return computing;
  }

  static byte[] generation(String prefix, String scope) {
    return bytes(scope(prefix, scope) + "generation");
  }

  private static String scope(String prefix, String scope) {
    return prefix + "{" + hash(scope) + "}:";
  }

  /** 128 bits of a text, as 22 letters. */
  static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf16(text));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  // UTF-8 makes one of several broken texts, and two scopes must never be one.
  private static byte[] utf16(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

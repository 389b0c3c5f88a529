package dev.logdash.core.redact;

/**
 * Finds one kind of secret. Log content is hostile: a detector never throws, and looks at a bounded
 * number of bytes for each call that marks nothing, so that a line costs time in proportion to its
 * length. Safe for use by many threads.
 */
public interface Detector {

  /** The name under which findings are counted. */
  String name();

  /**
   * Whether two neighbouring bytes call for a look. Asked once for each pair when a {@link
   * Redactor} is made; the rarer the pairs, the cheaper the lines without secrets.
   *
   * @param before the first byte, 0-255; a line feed stands before the first byte of a line
   * @param at the second byte, 0-255
   */
  boolean isTriggeredBy(int before, int at);

  /**
   * Looks at a place where a triggering pair was found and marks what is secret.
   *
   * @param at the index of the second byte of the pair
   * @param start the index of the first byte of the text
   * @param end the index behind its last byte
   */
  void inspect(byte[] text, int at, int start, int end, Findings findings);
}

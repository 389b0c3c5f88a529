package dev.logdash.core.parse;

/**
 * Understands one format of log records. Pure in the bytes: the same record always gives the same
 * fields, whatever was parsed before. Safe for use by several threads, each with a sink of its own.
 */
@FunctionalInterface
public interface LineParser {

  /**
   * Reads the record in {@code buffer} between {@code from} and {@code to} (exclusive). Bytes that
   * are not UTF-8 are no error. A record of several lines has them joined with line feeds.
   *
   * @param sink a clear sink; it refers to the buffer until it is cleared, so the bytes must not
   *     change meanwhile
   * @return whether the record is of this format; if not, the sink is clear again
   */
  boolean parse(byte[] buffer, int from, int to, FieldSink sink);
}

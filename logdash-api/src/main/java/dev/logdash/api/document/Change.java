package dev.logdash.api.document;

/**
 * Something that happened to a key.
 *
 * @param cursor grows with each change of the store
 * @param deleted whether the key has no document any more
 */
public record Change(long cursor, String key, boolean deleted) {}

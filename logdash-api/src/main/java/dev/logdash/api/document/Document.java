package dev.logdash.api.document;

/**
 * A text under a key, with its version.
 *
 * @param key parts joined by {@code /}, for example {@code snapshot/4f1c/0}; compared by character
 * @param version positive; larger than any version the key had before, also before a deletion
 * @param body usually JSON; at most 8 MiB of UTF-8
 */
public record Document(String key, long version, String body) {}

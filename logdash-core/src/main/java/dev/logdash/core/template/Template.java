package dev.logdash.core.template;

/**
 * A statement as far as its lines tell it.
 *
 * @param id 16 hexadecimal digits, made of the certain words and the places of the others alone:
 *     the same in every process that has seen as much
 * @param text the message with placeholders, such as {@code Failed password for <*> from <ip>}
 */
public record Template(String id, String text) {}

package dev.logdash.core.template;

import dev.logdash.api.event.EcsFields;
import java.nio.charset.StandardCharsets;

/**
 * What an event says which messages are of one statement beyond doubt: {@value #FIELD}, the id of
 * the form of its message. Events of one id are of one statement; a statement may have several
 * forms, which {@link TemplateMiner} finds out.
 *
 * <p>An id is 12 digits of the base 16, the first of them a letter, so that nobody takes it for a
 * number. Two forms of a hundred thousand have the same one by chance in one of 20,000
 * installations. It is made of the message alone, the same in every process. Not safe for use by
 * several threads.
 */
public final class FormIds {

  /** The field of events that has the id. */
  public static final String FIELD = EcsFields.LOG_FORM;

  /** The field in which native events name their statement. */
  public static final String TEMPLATE_FIELD = "log.template";

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 12;
  private static final int LETTERS = 6;

  // Keeps a template apart from a message of the same text.
  private static final long OF_TEMPLATE = 0x74656D706C617465L;

  private final MessageMasker masker = new MessageMasker();

  /** The id of a message; the empty text where its first line has none. */
  public String ofMessage(String message) {
    MaskedText masked = masker.mask(message);
    return masked.length == 0 ? "" : id(Hash.of(masked.out, 0, masked.length));
  }

  /** The id of the template that an event brings. */
  public static String ofTemplate(String template) {
    char[] chars = template.toCharArray();
    return id(Hash.mix(Hash.of(chars, 0, chars.length) ^ OF_TEMPLATE));
  }

  private static String id(long hash) {
    byte[] id = new byte[LENGTH];
    long rest = hash >>> 3;
    id[0] = DIGITS[10 + (int) (rest % LETTERS)];
    rest /= LETTERS;
    for (int i = 1; i < LENGTH; i++) {
      id[i] = DIGITS[(int) rest & 15];
      rest >>>= 4;
    }
    return new String(id, StandardCharsets.US_ASCII);
  }
}

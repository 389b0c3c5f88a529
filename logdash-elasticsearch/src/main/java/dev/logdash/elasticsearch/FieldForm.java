package dev.logdash.elasticsearch;

import dev.logdash.core.query.EventFields;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The pieces of a document that follow from the name of a field alone. */
final class FieldForm {

  private static final byte[] NONE = {};

  // What every version of the server takes, and does not take for a field of its own.
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,255}$)[A-Za-z0-9@][A-Za-z0-9@_-]*(\\.[A-Za-z0-9@_-]+)*");

  /** The term that says that the field has a value, with a comma behind. */
  final byte[] existence;

  /** Both that and the start of the term of a text. */
  final byte[] existenceAndText;

  /** The start of the term of a text. */
  final byte[] textTerm;

  /** The start of the term of a number as text. */
  final byte[] numberTerm;

  /** The start of the term of a long. */
  final byte[] longTerm;

  /** The start of the term of a double. */
  final byte[] doubleTerm;

  /** The start of the field of the document that has the value as it is. */
  final byte[] key;

  /** The same with the quote that a text begins with. */
  final byte[] keyOfText;

  /** Whether the field is grouped by a column. */
  final boolean hasColumn;

  /** Whether a document can have a field of that name, beside the store's own. */
  final boolean isReadable;

  /** The start of the column of numbers; empty if the field is not measured. */
  final byte[] numbers;

  /** The start of the column of buckets; empty if the field is not measured. */
  final byte[] buckets;

  /** The start of the tokens that are the field's own; empty if they are among the rest. */
  final byte[] tokens;

  /** Whether the field hides an attribute of its name. */
  final boolean isFixed;

  /** Whether no terms are made of whole values. */
  final boolean isText;

  /** Whether words without a field are looked for in it. */
  final boolean isInAnyText;

  FieldForm(String name) {
    isInAnyText = EventFields.isInAnyText(name);
    isFixed = EventFields.isFixed(name);
    isText = EventFields.isText(name);
    boolean isMeasured = IndexFields.MEASURED.contains(name);
    String term = IndexFields.existence(name);
    existence = piece("\"", term, "\",");
    textTerm = piece("\"", term + IndexFields.TEXT_VALUE, "");
    existenceAndText = joined(existence, textTerm);
    numberTerm = piece("\"", term + IndexFields.NUMBER_VALUE, "");
    longTerm = piece("\"", term + IndexFields.LONG_VALUE, "");
    doubleTerm = piece("\"", term + IndexFields.DOUBLE_VALUE, "");
    key = piece(",\"", name, "\":");
    keyOfText = joined(key, JsonBytes.ascii("\""));
    hasColumn = IndexFields.hasColumn(name);
    isReadable = isReadable(name);
    numbers = isMeasured ? key(IndexFields.numbers(name), "") : NONE;
    buckets = isMeasured ? key(IndexFields.buckets(name), "") : NONE;
    tokens = isText && !isFixed ? key(IndexFields.textField(name), "[") : NONE;
  }

  private static boolean isReadable(String name) {
    return NAME.matcher(name).matches() && !IndexFields.isOwn(name);
  }

  private static byte[] piece(String before, String content, String behind) {
    JsonBytes json = new JsonBytes(2 * content.length() + 16);
    json.raw(JsonBytes.ascii(before));
    json.text(content);
    json.raw(JsonBytes.ascii(behind));
    return Arrays.copyOf(json.array(), json.length());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] key(String name, String bracket) {
    return JsonBytes.ascii(",\"" + name + "\":" + bracket);
  }
}

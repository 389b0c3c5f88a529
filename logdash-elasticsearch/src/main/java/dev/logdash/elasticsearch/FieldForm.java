package dev.logdash.elasticsearch;

import dev.logdash.core.query.EventFields;
import java.util.regex.Pattern;

/** The pieces of a document that follow from the name of a field alone. */
final class FieldForm {

  // What every version of the server takes, and does not take for a field of its own.
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,255}$)[A-Za-z0-9@][A-Za-z0-9@_-]*(\\.[A-Za-z0-9@_-]+)*");

  /** The term that says that the field has a value, with a comma behind. */
  final Fragment existence;

  /** Both that and the start of the term of a text. */
  final Fragment existenceAndText;

  /** The start of the term of a text. */
  final Fragment textTerm;

  /** The start of the term of a number as text. */
  final Fragment numberTerm;

  /** The start of the term of a long. */
  final Fragment longTerm;

  /** The start of the term of a double. */
  final Fragment doubleTerm;

  /** The start of the field of the document that has the value as it is. */
  final Fragment key;

  /** The same with the quote that a text begins with. */
  final Fragment keyOfText;

  /** Whether the field is grouped by a column. */
  final boolean hasColumn;

  /** Whether a document can have a field of that name, beside the store's own. */
  final boolean isReadable;

  /** The start of the column of numbers; empty if the field is not measured. */
  final Fragment numbers;

  /** The start of the column of buckets; empty if the field is not measured. */
  final Fragment buckets;

  /** The start of the tokens that are the field's own; empty if they are among the rest. */
  final Fragment tokens;

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
    String exists = Fragment.quoted(term) + ',';
    existence = Fragment.of(exists);
    textTerm = Fragment.of(start(IndexFields.term(name, IndexFields.TEXT_VALUE, "")));
    existenceAndText =
        Fragment.of(exists + start(IndexFields.term(name, IndexFields.TEXT_VALUE, "")));
    numberTerm = Fragment.of(start(IndexFields.term(name, IndexFields.NUMBER_VALUE, "")));
    longTerm = Fragment.of(start(IndexFields.term(name, IndexFields.LONG_VALUE, "")));
    doubleTerm = Fragment.of(start(IndexFields.term(name, IndexFields.DOUBLE_VALUE, "")));
    key = Fragment.of(',' + Fragment.quoted(name) + ':');
    keyOfText = Fragment.of(',' + Fragment.quoted(name) + ":\"");
    hasColumn = IndexFields.hasColumn(name);
    isReadable = isReadable(name);
    numbers = isMeasured ? key(IndexFields.numbers(name), "") : Fragment.NONE;
    buckets = isMeasured ? key(IndexFields.buckets(name), "") : Fragment.NONE;
    tokens = isText && !isFixed ? key(IndexFields.textField(name), "[") : Fragment.NONE;
  }

  private static boolean isReadable(String name) {
    return NAME.matcher(name).matches() && !IndexFields.isOwn(name);
  }

  /** A text in quotes, without the last of them. */
  private static String start(String text) {
    String quoted = Fragment.quoted(text);
    return quoted.substring(0, quoted.length() - 1);
  }

  private static Fragment key(String name, String bracket) {
    return Fragment.of(",\"" + name + "\":" + bracket);
  }
}

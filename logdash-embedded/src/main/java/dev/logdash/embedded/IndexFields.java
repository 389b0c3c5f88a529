package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.core.query.EventFields;
import java.util.List;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** The fields of a document of an index, and what they hold. */
final class IndexFields {

  /*
   * Each text is indexed once: the texts that have a field of their own there, all others in REST,
   * unless the message has the same tokens in the same order. A search in any text asks all of them.
   * Whole values share the field VALUES, and so do the names of fields that are there but have no
   * doc values to say so:
   *
   *   n name            the field has a value; n is the length of the name, as a character
   *   n name 0 value    a text or boolean, folded
   *   n name 1 value    a number, as text
   *
   * The length in front keeps names apart whatever characters they have.
   */

  static final String ID = "#id";
  static final String TIME = "#t";
  static final String PRODUCER = "#p";
  static final String SEQ = "#q";
  static final String EVENT = "#e";
  static final String VALUES = "#v";
  static final String REST = "#x";

  /** In front of a name: its longs, its doubles as sortable bits, its texts. */
  static final String LONGS = "l:";

  static final String DOUBLES = "d:";
  static final String TEXTS = "s:";

  static final byte TEXT_VALUE = 0;
  static final byte NUMBER_VALUE = 1;

  /** Stands for a value that has to be read from the event. */
  static final BytesRef IN_EVENT = new BytesRef(new byte[] {(byte) 0xFF});

  /** Longer texts are not worth a place among the doc values; grouping reads the event. */
  static final int MAX_GROUP_BYTES = 128;

  /** The fields that words are searched in. */
  static final List<String> ALL_TEXT =
      List.of(EcsFields.MESSAGE, EcsFields.ERROR_MESSAGE, EcsFields.STACK_TRACE, REST);

  static final FieldType TEXT_TYPE = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, true);
  static final FieldType VALUES_TYPE = type(IndexOptions.DOCS, true);
  static final FieldType ID_TYPE = type(IndexOptions.DOCS, false);
  static final FieldType TIME_TYPE = timeType();

  private IndexFields() {}

  /** Whether a field has one value in every event. */
  static boolean isAlwaysThere(String field) {
    return field.equals(EcsFields.TIMESTAMP) || EventFields.isExact(field);
  }

  /** The term that says that a field has a value, which begins all terms of its values. */
  static BytesRef existence(String field) {
    return new BytesRef((char) field.length() + field);
  }

  private static FieldType type(IndexOptions options, boolean stream) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setOmitNorms(true);
    type.setTokenized(stream);
    type.freeze();
    return type;
  }

  private static FieldType timeType() {
    FieldType type = new FieldType();
    type.setDimensions(1, Long.BYTES);
    type.setDocValuesType(DocValuesType.NUMERIC);
    type.freeze();
    return type;
  }
}

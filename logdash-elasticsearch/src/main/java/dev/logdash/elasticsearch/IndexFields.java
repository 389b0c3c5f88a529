package dev.logdash.elasticsearch;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.decode.Surrogates;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.QuantileSketch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of a document of an index, and what they hold. */
final class IndexFields {

  /*
   * The mapping is closed: however many names events have, an index has these fields. Whole values
   * share VALUES, as terms that begin with the name of the field they are a value of:
   *
   *   n name            the field has a value; n is the length of the name
   *   n name 0 value    a text or boolean, folded
   *   n name 1 value    a number, as text
   *   n name 2 hex      a long, so that the order of the terms is that of the numbers
   *   n name 3 hex      a double, likewise
   *
   * The length in front keeps names apart whatever characters they have; DEL stands in front of 0 to
   * 3. A name with a control character has ! in front of its length, so that the terms of all others
   * can be told by their characters alone. All that is added to names and values is ASCII that JSON
   * does not escape, which the server reads at half the cost. Texts are indexed as the tokens of
   * core, between blanks, in a field of their own or in REST.
   *
   * The source has the event as others read it: its fields under their own names, those that are
   * grouped by with a column. Where a document could not give every bit of them back, EVENT has the
   * event and the columns stand beside it.
   */

  static final String TIME = "t";
  static final String MILLIS = "@timestamp";
  static final String OBSERVED = "o";
  static final String PRODUCER = "p";
  static final String SEQ = "q";
  static final String ID = "i";

  /** Of another name in each layout, so that searches find nothing in an index of another one. */
  static final String DATASET = "ds3";

  static final String EVENT = "e";
  static final String VALUES = "v";
  static final String MESSAGE = "m";
  static final String ERROR_MESSAGE = "em";
  static final String STACK_TRACE = "st";
  static final String REST = "x";

  /** Stands in front of the kind of a value, and in no name that a pattern may ask. */
  static final char VALUE = 0x7F;

  static final char TEXT_VALUE = '0';
  static final char NUMBER_VALUE = '1';
  static final char LONG_VALUE = '2';
  static final char DOUBLE_VALUE = '3';

  /** The lengths of names that are one character; others are digits between two tildes. */
  static final String LENGTHS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  static final List<String> ALL_TEXT = List.of(MESSAGE, ERROR_MESSAGE, STACK_TRACE, REST);

  /** Fields that are grouped by so often that they have a column of their own. */
  static final List<String> GROUPED =
      List.of(
          EcsFields.SERVICE_NAME,
          EcsFields.LOG_LEVEL,
          EcsFields.SEVERITY,
          EcsFields.LOG_SOURCE,
          "error.type",
          "host.hostname",
          "http.request.method",
          "http.response.status_code",
          "http.route",
          EcsFields.LOG_FORM,
          EcsFields.LOGGER,
          "process.thread.name",
          "source.ip",
          "url.path",
          "user.name");

  /**
   * Fields of numbers that are measured so often that an event with exactly one value has two
   * columns of it, if that is whole and within 0 and {@link #MAX_MEASURED}: the number, and its
   * bucket in the sketches that percentiles are taken from.
   */
  static final List<String> MEASURED = List.of(EcsFields.DURATION);

  /** What is searched and is not in the source. */
  static final List<String> SEARCHED = searched();

  /** The names of this store. */
  private static final Set<String> OWN = own();

  // Also those of columns that a later version may have.
  private static final Pattern COLUMNS = Pattern.compile("(n|b\\d+)_.*", Pattern.DOTALL);

  /** 78 hours in nanoseconds. Sixteen such numbers still add up to a sum that a double has. */
  static final long MAX_MEASURED = (1L << 48) - 1;

  private IndexFields() {}

  private static List<String> searched() {
    List<String> names = new ArrayList<>(ALL_TEXT);
    names.addAll(List.of(ID, VALUES));
    for (String field : MEASURED) {
      names.add(numbers(field));
      names.add(buckets(field));
    }
    return List.copyOf(names);
  }

  private static Set<String> own() {
    Set<String> names = new HashSet<>(SEARCHED);
    names.addAll(List.of(TIME, MILLIS, OBSERVED, PRODUCER, SEQ, DATASET, EVENT));
    return Set.copyOf(names);
  }

  /** The term that says that a field has a value, which begins all terms of its values. */
  static String existence(String field) {
    // Half a pair of surrogates would become a question mark, which patterns know.
    String name = Surrogates.repair(field);
    int length = name.length();
    String odd = name.chars().anyMatch(Character::isISOControl) ? "!" : "";
    return odd + (length < LENGTHS.length() ? LENGTHS.charAt(length) : "~" + length + '~') + name;
  }

  static String term(String field, char kind, String value) {
    return existence(field) + VALUE + kind + value;
  }

  /** A long as digits whose order is that of the numbers. */
  static String sortable(long value) {
    return HexFormat.of().toHexDigits(value ^ Long.MIN_VALUE);
  }

  static String sortable(double value) {
    long bits = Double.doubleToLongBits(value);
    return sortable(bits ^ ((bits >> 63) & Long.MAX_VALUE));
  }

  /** Whether a name, or what stands in front of its first dot, is one of this store. */
  static boolean isOwn(String name) {
    int dot = name.indexOf('.');
    return OWN.contains(dot < 0 ? name : name.substring(0, dot)) || COLUMNS.matcher(name).matches();
  }

  /** Whether a field has a column that it is grouped by, under its own name. */
  static boolean hasColumn(String field) {
    return GROUPED.contains(field);
  }

  /** The column of the numbers of a measured field. */
  static String numbers(String field) {
    return "n_" + field.replace('.', '_');
  }

  /** The column of the buckets of a measured field, which has a value where the other has one. */
  static String buckets(String field) {
    return "b" + QuantileSketch.BUCKETS_VERSION + '_' + field.replace('.', '_');
  }

  /** The field that has the tokens of a text field. */
  static String textField(String field) {
    switch (field) {
      case EcsFields.MESSAGE:
        return MESSAGE;
      case EcsFields.ERROR_MESSAGE:
        return ERROR_MESSAGE;
      case EcsFields.STACK_TRACE:
        return STACK_TRACE;
      default:
        throw new AssertionError(field);
    }
  }

  static List<String> textFields(String field) {
    return field.equals(Filter.ANY_TEXT) ? ALL_TEXT : List.of(textField(field));
  }

  static Map<String, Object> mappings(Map<String, Object> meta) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(TIME, Map.of("type", "long"));
    fields.put(MILLIS, Map.of("type", "date", "format", "epoch_millis"));
    fields.put(PRODUCER, Map.of("type", "keyword", "index", false));
    fields.put(SEQ, number());
    // Sorted by; an event is found by _id, which has the same.
    fields.put(ID, Map.of("type", "keyword", "index", false));
    fields.put(DATASET, Map.of("type", "keyword", "doc_values", false));
    fields.put(VALUES, Map.of("type", "keyword", "doc_values", false));
    // Others, such as Kibana, search for words as people write them.
    for (String text : ALL_TEXT) {
      fields.put(
          text,
          Map.of(
              "type",
              "text",
              "analyzer",
              "whitespace",
              "search_analyzer",
              "standard",
              "norms",
              false,
              "position_increment_gap",
              100L));
    }
    List<String> columns = new ArrayList<>(GROUPED);
    columns.forEach(name -> fields.put(name, column()));
    for (String measured : MEASURED) {
      fields.put(numbers(measured), number());
      fields.put(buckets(measured), number());
    }
    fields.put(EVENT, Map.of("type", "keyword", "index", false, "doc_values", false));
    return Map.of(
        "dynamic",
        "false",
        "subobjects",
        false,
        "_meta",
        meta,
        "_source",
        Map.of("excludes", SEARCHED),
        "properties",
        fields);
  }

  private static Map<String, Object> number() {
    return Map.of("type", "long", "index", false);
  }

  private static Map<String, Object> column() {
    return Map.of(
        "type", "keyword", "index", false, "ignore_above", (long) EventFields.MAX_GROUP_KEY);
  }
}

package dev.logdash.benchmarks;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/**
 * An event as a document in the ordinary way of Lucene: a field for each field. It answers the same
 * questions as an index of logdash: words and phrases in the message, in the error and in all other
 * texts; whole values, numbers and existence of every field; the order of events; groups.
 */
final class PlainDocument {

  static final String TIME = EcsFields.TIMESTAMP;
  static final String TEXT = "text";

  // As logdash: longer texts are not grouped by.
  private static final int MAX_GROUP = 128;

  private static final FieldType WORDS = words();

  private PlainDocument() {}

  static List<IndexableField> of(EventFile.Entry entry) {
    LogEvent event = entry.event();
    List<IndexableField> document = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    document.add(new StringField("id", event.id(), Field.Store.NO));
    document.add(new LongPoint(TIME, event.timestampNanos()));
    document.add(new NumericDocValuesField(TIME, event.timestampNanos()));
    document.add(new SortedDocValuesField("producer", new BytesRef(event.producer())));
    document.add(new NumericDocValuesField("seq", event.seq()));
    if (!event.message().isEmpty()) {
      document.add(words(EcsFields.MESSAGE, List.of(event.message())));
    }
    if (event.severity() != Severity.UNSPECIFIED) {
      add(document, EcsFields.SEVERITY, (long) event.severity().number());
    }
    add(document, texts, EcsFields.SERVICE_NAME, event.service());
    add(document, texts, EcsFields.LOG_LEVEL, event.severityText());
    add(document, new ArrayList<>(), EcsFields.LOG_SOURCE, event.source());
    add(document, texts, EcsFields.TRACE_ID, event.traceId());
    add(document, texts, EcsFields.SPAN_ID, event.spanId());
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      Object value = attributes.value(i);
      if (value instanceof Number number) {
        add(document, name, number);
      } else if (value instanceof String text && EventFields.isText(name)) {
        document.add(words(name, List.of(text)));
      } else if (value instanceof List<?> list) {
        for (Object element : list) {
          document.add(new StringField(name, Tokenizer.fold((String) element), Field.Store.NO));
          texts.add((String) element);
        }
      } else if (value instanceof Boolean truth) {
        add(document, new ArrayList<>(), name, truth.toString());
      } else {
        add(document, texts, name, (String) value);
      }
    }
    if (!texts.isEmpty()) {
      document.add(words(TEXT, texts));
    }
    document.add(new StoredField("event", entry.encoded()));
    return document;
  }

  private static void add(List<IndexableField> document, String name, Number value) {
    document.add(new StringField(name, Tokenizer.fold(EventFields.text(value)), Field.Store.NO));
    long bits =
        value instanceof Double number
            ? NumericUtils.doubleToSortableLong(number)
            : value.longValue();
    document.add(new NumericDocValuesField((value instanceof Double ? "d:" : "l:") + name, bits));
  }

  private static void add(
      List<IndexableField> document, List<String> texts, String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    document.add(new StringField(name, Tokenizer.fold(value), Field.Store.NO));
    if (value.length() <= MAX_GROUP) {
      document.add(new SortedDocValuesField("s:" + name, new BytesRef(value)));
    }
    texts.add(value);
  }

  private static Field words(String name, List<String> texts) {
    return new Field(name, new WordStream(texts), WORDS);
  }

  private static FieldType words() {
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.setOmitNorms(true);
    type.setTokenized(true);
    type.freeze();
    return type;
  }
}

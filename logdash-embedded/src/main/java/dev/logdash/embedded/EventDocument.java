package dev.logdash.embedded;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.text.SubTexts;
import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.NumericUtils;

/**
 * Makes the document of an event. To be used by one thread at a time; the document is good until
 * the next one, since all its parts are used again.
 */
final class EventDocument {

  // A host may send an endless number of names; the parts kept for them are bounded.
  private static final int MAX_KEPT_FIELDS = 4_096;

  private final List<IndexableField> document = new ArrayList<>();
  private final Bytes stored = new Bytes(1024);
  private final BytesRef storedRef = new BytesRef();
  private final BytesRefBuilder idBytes = new BytesRefBuilder();
  private final BytesRef idRef = new BytesRef();
  private final BytesRef scratch = new BytesRef();
  private final TermStreams.Terms values = new TermStreams.Terms();
  private final Map<String, TermStreams.Words> words = new HashMap<>();
  private final Map<String, Field> wordFields = new HashMap<>();
  private final Map<String, Field> docValues = new HashMap<>();
  private final Map<String, byte[]> prefixes = new HashMap<>();
  private SubTexts message = new SubTexts("");
  private final Field id = new Field(IndexFields.ID, idRef, IndexFields.ID_TYPE);
  private final TimeField time = new TimeField();
  private final Field producer = new SortedDocValuesField(IndexFields.PRODUCER, new BytesRef());
  private final Field seq = new NumericDocValuesField(IndexFields.SEQ, 0);
  private final Field event = new StoredField(IndexFields.EVENT, storedRef);
  private final Field valuesField = new Field(IndexFields.VALUES, values, IndexFields.VALUES_TYPE);

  EventDocument() {
    for (String name : IndexFields.ALL_TEXT) {
      TermStreams.Words stream = new TermStreams.Words();
      words.put(name, stream);
      wordFields.put(name, new Field(name, stream, IndexFields.TEXT_TYPE));
    }
  }

  List<IndexableField> of(LogEvent source, DayState known) {
    document.clear();
    values.clear();
    words.values().forEach(TermStreams.Words::clear);
    stored.clear();
    EventCodec.encode(source, stored);
    storedRef.bytes = stored.array();
    storedRef.length = stored.length();
    document.add(event);

    idBytes.copyChars(source.id());
    idRef.bytes = idBytes.bytes();
    idRef.length = idBytes.length();
    document.add(id);
    time.setLongValue(source.timestampNanos());
    document.add(time);
    producer.setBytesValue(new BytesRef(source.producer()));
    document.add(producer);
    seq.setLongValue(source.seq());
    document.add(seq);

    message = new SubTexts(source.message());
    addFixed(source, known);
    addAttributes(source.attributes(), known);

    document.add(valuesField);
    for (String name : IndexFields.ALL_TEXT) {
      if (!stream(name).isEmpty()) {
        document.add(wordFields.get(name));
      }
    }
    return document;
  }

  private void addFixed(LogEvent source, DayState known) {
    if (!source.message().isEmpty()) {
      addExistence(EcsFields.MESSAGE);
      stream(EcsFields.MESSAGE).add(source.message());
    }
    if (source.severity() != Severity.UNSPECIFIED) {
      addNumber(EcsFields.SEVERITY, (long) source.severity().number(), known);
    }
    addFixedText(EcsFields.SERVICE_NAME, source.service(), true, known);
    addFixedText(EcsFields.LOG_LEVEL, source.severityText(), true, known);
    addFixedText(EcsFields.LOG_SOURCE, source.source(), false, known);
    addFixedText(EcsFields.TRACE_ID, source.traceId(), true, known);
    addFixedText(EcsFields.SPAN_ID, source.spanId(), true, known);
  }

  private void addFixedText(String name, String text, boolean searched, DayState known) {
    if (text.isEmpty()) {
      return;
    }
    addText(name, text);
    addGroupValue(name, text, known);
    if (searched) {
      addRest(text);
    }
  }

  /** What the words of the message find need not be found a second time. */
  private void addRest(String text) {
    if (!message.hasTokensOf(text)) {
      stream(IndexFields.REST).add(text);
    }
  }

  private void addAttributes(Attributes attributes, DayState known) {
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      Object value = attributes.value(i);
      boolean hidden = EventFields.isFixed(name);
      boolean text = EventFields.isText(name) && !hidden;
      if (!hidden && text && !(value instanceof List<?> list && list.isEmpty())) {
        addExistence(name);
      }
      if (!hidden && !text && value instanceof Number number) {
        addNumber(name, number, known);
      }
      if (value instanceof String string) {
        if (text) {
          stream(name).add(string);
        } else if (EventFields.isInAnyText(name)) {
          addRest(string);
        }
        if (!hidden && !text) {
          addText(name, string);
          addGroupValue(name, string, known);
        }
      } else if (value instanceof List<?> list) {
        for (Object element : list) {
          if (EventFields.isInAnyText(name)) {
            stream(text ? name : IndexFields.REST).add((String) element);
          }
          if (!hidden && !text) {
            addText(name, (String) element);
          }
        }
        if (!hidden && !text && !list.isEmpty()) {
          addTextDocValue(name, IndexFields.IN_EVENT, known);
        }
      } else if (value instanceof Boolean truth && !hidden && !text) {
        addText(name, truth.toString());
        addGroupValue(name, truth.toString(), known);
      }
    }
  }

  private void addNumber(String name, Number value, DayState known) {
    startValue(name, IndexFields.NUMBER_VALUE);
    appendFolded(EventFields.text(value));
    boolean whole = value instanceof Long;
    String field = (whole ? IndexFields.LONGS : IndexFields.DOUBLES).concat(name);
    if (known.numbers().admits(field)) {
      Field docValue = docValues.get(field);
      if (docValue == null) {
        docValue = keep(field, new NumericDocValuesField(field, 0));
      }
      docValue.setLongValue(
          whole ? value.longValue() : NumericUtils.doubleToSortableLong(value.doubleValue()));
      document.add(docValue);
    } else {
      addExistence(name);
    }
  }

  private void addGroupValue(String name, String text, DayState known) {
    boolean fits =
        text.length() <= IndexFields.MAX_GROUP_BYTES / 3 || text.length() <= utf8Limit(text);
    addTextDocValue(
        name,
        fits && EventTexts.isWellFormed(text) ? new BytesRef(text) : IndexFields.IN_EVENT,
        known);
  }

  private static int utf8Limit(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return IndexFields.MAX_GROUP_BYTES / 3;
      }
    }
    return IndexFields.MAX_GROUP_BYTES;
  }

  private void addTextDocValue(String name, BytesRef value, DayState known) {
    String field = IndexFields.TEXTS.concat(name);
    if (known.texts().admits(field)) {
      Field docValue = docValues.get(field);
      if (docValue == null) {
        docValue = keep(field, new SortedDocValuesField(field, scratch));
      }
      docValue.setBytesValue(value);
      document.add(docValue);
    } else {
      addExistence(name);
    }
  }

  private Field keep(String name, Field field) {
    if (docValues.size() == MAX_KEPT_FIELDS) {
      docValues.clear();
    }
    docValues.put(name, field);
    return field;
  }

  /** Says that there is a value where no doc value says so. */
  private void addExistence(String name) {
    byte[] prefix = prefix(name);
    values.bytes().writeBytes(prefix, prefix.length);
    values.endTerm();
  }

  private void addText(String name, String text) {
    startValue(name, IndexFields.TEXT_VALUE);
    appendFolded(text);
  }

  private void startValue(String name, byte kind) {
    byte[] prefix = prefix(name);
    values.bytes().writeBytes(prefix, prefix.length);
    values.bytes().writeByte(kind);
  }

  private void appendFolded(String text) {
    Bytes bytes = values.bytes();
    // One more than is kept, since a mark behind the last character becomes part of it.
    int length = Math.min(text.length(), Tokenizer.MAX_TERM + 1);
    int start = bytes.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128) {
        bytes.truncate(start);
        BytesRef folded = new BytesRef(Tokenizer.fold(text));
        bytes.writeBytes(folded.bytes, folded.length);
        break;
      }
      if (i == Tokenizer.MAX_TERM) {
        break;
      }
      bytes.writeByte(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    values.endTerm();
  }

  private byte[] prefix(String name) {
    byte[] prefix = prefixes.get(name);
    if (prefix == null) {
      if (prefixes.size() == MAX_KEPT_FIELDS) {
        prefixes.clear();
      }
      BytesRef term = IndexFields.existence(name);
      prefix = java.util.Arrays.copyOf(term.bytes, term.length);
      prefixes.put(name, prefix);
    }
    return prefix;
  }

  private TermStreams.Words stream(String name) {
    TermStreams.Words stream = words.get(name);
    if (stream == null) {
      throw new AssertionError(name);
    }
    return stream;
  }
}

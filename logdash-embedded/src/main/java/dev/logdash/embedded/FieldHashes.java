package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.FunctionState;
import java.io.IOException;
import java.util.BitSet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** The values of a field in one document after the other, as what tells them apart. */
final class FieldHashes implements FunctionValues {

  private static final long[] NONE = new long[0];

  private final String field;
  private final boolean fromEvents;
  private final long[] one = new long[1];

  private NumericDocValues wholes = DocValues.emptyNumeric();
  private NumericDocValues doubles = DocValues.emptyNumeric();
  private SortedDocValues texts = DocValues.emptySorted();
  private boolean hasTexts;
  // By the number of a text in the segment, as far as they are known.
  private long[] hashes = NONE;
  private BitSet known = new BitSet();
  private BitSet inEvent = new BitSet();
  private @Nullable StoredEvents events;
  private long[] read = NONE;

  private FieldHashes(String field, boolean fromEvents) {
    this.field = field;
    this.fromEvents = fromEvents;
  }

  /**
   * @param field its canonical name
   */
  static FieldHashes of(String field, ReadView view) {
    return new FieldHashes(field, !GroupKeys.isIndexed(field, view));
  }

  @Override
  public void open(LeafReader reader) throws IOException {
    boolean isTime = field.equals(EcsFields.TIMESTAMP);
    wholes = DocValues.getNumeric(reader, isTime ? IndexFields.TIME : IndexFields.LONGS + field);
    doubles = DocValues.getNumeric(reader, IndexFields.DOUBLES + field);
    texts = DocValues.getSorted(reader, IndexFields.TEXTS + field);
    hasTexts = texts.getValueCount() > 0;
    hashes = new long[texts.getValueCount()];
    known = new BitSet(hashes.length);
    inEvent = new BitSet();
    events = new StoredEvents(reader, "");
  }

  @Override
  public void read(int document) throws IOException {
    if (hasTexts && texts.advanceExact(document)) {
      int ord = texts.ordValue();
      if (!known.get(ord)) {
        look(ord);
      }
      read = inEvent.get(ord) ? ofEvent(document) : single(hashes[ord]);
    } else if (wholes.advanceExact(document)) {
      read = single(FunctionState.hash(Long.toString(wholes.longValue())));
    } else if (doubles.advanceExact(document)) {
      double value = NumericUtils.sortableLongToDouble(doubles.longValue());
      read = single(FunctionState.hash(EventFields.groupKey(value)));
    } else {
      read = fromEvents ? ofEvent(document) : NONE;
    }
  }

  @Override
  public void addTo(FunctionState state) {
    for (long hash : read) {
      state.addHash(hash);
    }
  }

  private void look(int ord) throws IOException {
    BytesRef value = texts.lookupOrd(ord);
    if (value.equals(IndexFields.IN_EVENT)) {
      inEvent.set(ord);
    } else {
      hashes[ord] = FunctionState.hash(EventFields.groupKey(value.utf8ToString()));
    }
    known.set(ord);
  }

  private long[] single(long hash) {
    one[0] = hash;
    return one;
  }

  private long[] ofEvent(int document) throws IOException {
    StoredEvents stored = events;
    if (stored == null) {
      throw new IllegalStateException("no segment is open");
    }
    return EventFields.values(stored.get(document), field).stream()
        .mapToLong(value -> FunctionState.hash(EventFields.groupKey(value)))
        .toArray();
  }
}

package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.EventFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** The keys of one group-by in one document after the other, as numbers; each key has one. */
final class GroupKeys {

  private static final int UNKNOWN = -1;
  private static final int READ_EVENT = -2;

  private final List<String> keys = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Long, Integer> longIds = new HashMap<>();
  private final int[] one = new int[1];
  private final String field;
  private final long widthNanos;
  private final boolean fromEvents;

  private NumericDocValues longs = DocValues.emptyNumeric();
  private NumericDocValues doubles = DocValues.emptyNumeric();
  private SortedDocValues texts = DocValues.emptySorted();
  private int[] ordIds = new int[0];
  private @Nullable StoredEvents events;
  private long lastLong;
  private int lastLongId = UNKNOWN;

  private GroupKeys(String field, long widthNanos, boolean fromEvents) {
    this.field = field;
    this.widthNanos = widthNanos;
    this.fromEvents = fromEvents;
  }

  static GroupKeys of(Aggregation.Group group, ReadView view) {
    if (group instanceof Aggregation.ByTime time) {
      return new GroupKeys(EcsFields.TIMESTAMP, time.widthNanos(), false);
    }
    String field = EventFields.canonicalName(((Aggregation.ByField) group).field());
    boolean indexed =
        !EventFields.isText(field)
            && !EventFields.isExact(field)
            && !view.numbersRefused()
            && !view.textsRefused();
    return new GroupKeys(field, 1, !indexed);
  }

  String key(int id) {
    return keys.get(id);
  }

  void open(LeafReader reader) throws IOException {
    boolean isTime = field.equals(EcsFields.TIMESTAMP);
    longs = DocValues.getNumeric(reader, isTime ? IndexFields.TIME : IndexFields.LONGS + field);
    doubles = DocValues.getNumeric(reader, IndexFields.DOUBLES + field);
    texts = DocValues.getSorted(reader, IndexFields.TEXTS + field);
    ordIds = new int[texts.getValueCount()];
    Arrays.fill(ordIds, UNKNOWN);
    events = new StoredEvents(reader, "");
  }

  /** The numbers of the keys of a document; good until the next call. */
  int[] ids(int document) throws IOException {
    if (texts.advanceExact(document)) {
      int id = idOfOrd(texts.ordValue());
      if (id == READ_EVENT) {
        return idsOfEvent(document);
      }
      one[0] = id;
    } else if (longs.advanceExact(document)) {
      one[0] = idOfLong(longs.longValue());
    } else if (doubles.advanceExact(document)) {
      double value = NumericUtils.sortableLongToDouble(doubles.longValue());
      one[0] = id(EventFields.groupKey(value));
    } else if (fromEvents) {
      return idsOfEvent(document);
    } else {
      one[0] = id("");
    }
    return one;
  }

  private int idOfOrd(int ord) throws IOException {
    if (ordIds[ord] == UNKNOWN) {
      BytesRef value = texts.lookupOrd(ord);
      ordIds[ord] =
          value.equals(IndexFields.IN_EVENT)
              ? READ_EVENT
              : id(EventFields.groupKey(value.utf8ToString()));
    }
    return ordIds[ord];
  }

  private int idOfLong(long value) {
    long start = widthNanos == 1 ? value : value - Math.floorMod(value, widthNanos);
    if (lastLongId == UNKNOWN || start != lastLong) {
      lastLong = start;
      lastLongId = longIds.computeIfAbsent(start, key -> id(Long.toString(key)));
    }
    return lastLongId;
  }

  private int[] idsOfEvent(int document) throws IOException {
    StoredEvents stored = events;
    if (stored == null) {
      throw new IllegalStateException("no segment is open");
    }
    Set<String> found = new LinkedHashSet<>();
    for (Object value : EventFields.values(stored.get(document), field)) {
      found.add(EventFields.groupKey(value));
    }
    return found.isEmpty() ? new int[] {id("")} : found.stream().mapToInt(this::id).toArray();
  }

  private int id(String key) {
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    int id = keys.size();
    ids.put(key, id);
    keys.add(key);
    return id;
  }
}

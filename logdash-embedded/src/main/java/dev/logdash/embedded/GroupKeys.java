package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.TableBudget;
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

  /** Stands for the keys of an event that may have several; {@link #ids} has them. */
  static final int MANY = -2;

  private static final int UNKNOWN = -1;

  private final List<String> keys = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final LongIds longs = new LongIds();
  private final String field;
  private final long widthNanos;
  private final boolean fromEvents;
  private final TableBudget budget;

  private NumericDocValues wholes = DocValues.emptyNumeric();
  private NumericDocValues doubles = DocValues.emptyNumeric();
  private SortedDocValues texts = DocValues.emptySorted();
  private boolean hasTexts;
  private int[] ordIds = new int[0];
  private @Nullable StoredEvents events;
  private int[] many = new int[0];
  // By the numbers of LongIds, since a text may be the same key as a number.
  private int[] keysOfLongs = new int[0];
  // One more than the number of a small number, such as a severity or a status; 0 if unknown.
  private final int[] smallIds = new int[1 << 10];
  // Events of one time stand together, and a division costs more than the rest.
  private long lastStart = 1;
  private long lastEnd;
  private int lastId;
  private int idOfNone = UNKNOWN;

  private GroupKeys(String field, long widthNanos, boolean fromEvents, TableBudget budget) {
    this.field = field;
    this.widthNanos = widthNanos;
    this.fromEvents = fromEvents;
    this.budget = budget;
  }

  static GroupKeys of(Aggregation.Group group, ReadView view, TableBudget budget) {
    if (group instanceof Aggregation.ByTime time) {
      return new GroupKeys(EcsFields.TIMESTAMP, time.widthNanos(), false, budget);
    }
    String field = EventFields.canonicalName(((Aggregation.ByField) group).field());
    return new GroupKeys(field, 1, !isIndexed(field, view), budget);
  }

  /** Whether the columns of a field say when an event has no value of it. */
  static boolean isIndexed(String field, ReadView view) {
    return !EventFields.isText(field)
        && !EventFields.isExact(field)
        && !view.numbersRefused()
        && !view.textsRefused();
  }

  String key(int id) {
    return keys.get(id);
  }

  void open(LeafReader reader) throws IOException {
    boolean isTime = field.equals(EcsFields.TIMESTAMP);
    wholes = DocValues.getNumeric(reader, isTime ? IndexFields.TIME : IndexFields.LONGS + field);
    doubles = DocValues.getNumeric(reader, IndexFields.DOUBLES + field);
    texts = DocValues.getSorted(reader, IndexFields.TEXTS + field);
    hasTexts = texts.getValueCount() > 0;
    ordIds = new int[texts.getValueCount()];
    Arrays.fill(ordIds, UNKNOWN);
    events = new StoredEvents(reader, "");
  }

  /** The number of the key of a document; {@link #MANY} if they have to be asked for. */
  int id(int document) throws IOException {
    if (hasTexts && texts.advanceExact(document)) {
      int id = idOfOrd(texts.ordValue());
      if (id == MANY) {
        many = idsOfEvent(document);
      }
      return id;
    }
    if (wholes.advanceExact(document)) {
      return idOfLong(wholes.longValue());
    }
    if (doubles.advanceExact(document)) {
      return id(EventFields.groupKey(NumericUtils.sortableLongToDouble(doubles.longValue())));
    }
    if (fromEvents) {
      many = idsOfEvent(document);
      return MANY;
    }
    if (idOfNone == UNKNOWN) {
      idOfNone = id("");
    }
    return idOfNone;
  }

  /** The numbers of the keys of the last document. */
  int[] ids() {
    return many;
  }

  private int idOfOrd(int ord) throws IOException {
    if (ordIds[ord] == UNKNOWN) {
      BytesRef value = texts.lookupOrd(ord);
      ordIds[ord] =
          value.equals(IndexFields.IN_EVENT)
              ? MANY
              : id(EventFields.groupKey(value.utf8ToString()));
    }
    return ordIds[ord];
  }

  private int idOfLong(long value) {
    if (value >= lastStart && value < lastEnd) {
      return lastId;
    }
    boolean small = widthNanos == 1 && value >= 0 && value < smallIds.length;
    if (small && smallIds[(int) value] != 0) {
      return smallIds[(int) value] - 1;
    }
    int id = idOfStart(widthNanos == 1 ? value : value - Math.floorMod(value, widthNanos));
    if (small) {
      smallIds[(int) value] = id + 1;
    }
    return id;
  }

  private int idOfStart(long start) {
    int number = longs.idOf(start);
    if (number >= keysOfLongs.length) {
      int known = keysOfLongs.length;
      keysOfLongs = Arrays.copyOf(keysOfLongs, Math.max(64, 2 * number));
      Arrays.fill(keysOfLongs, known, keysOfLongs.length, UNKNOWN);
    }
    int id = keysOfLongs[number];
    if (id == UNKNOWN) {
      id = id(Long.toString(start));
      keysOfLongs[number] = id;
    }
    if (start <= Long.MAX_VALUE - widthNanos) {
      lastStart = start;
      lastEnd = start + widthNanos;
      lastId = id;
    }
    return id;
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
    budget.takeKey(key);
    ids.put(key, id);
    keys.add(key);
    return id;
  }
}

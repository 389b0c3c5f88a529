package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.FunctionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** The numbers of a field in one document after the other. */
final class FieldNumbers implements FunctionValues {

  private final String field;
  private final boolean fromEvents;
  private NumericDocValues longs = DocValues.emptyNumeric();
  private NumericDocValues doubles = DocValues.emptyNumeric();
  private @Nullable StoredEvents events;
  private boolean hasLong;
  private boolean hasDouble;
  private List<Number> read = List.of();

  private FieldNumbers(String field, boolean fromEvents) {
    this.field = field;
    this.fromEvents = fromEvents;
  }

  /**
   * @param name the canonical name of the field; empty for no numbers
   */
  static FieldNumbers of(String name, ReadView view) {
    return new FieldNumbers(
        name, !name.isEmpty() && (EventFields.isText(name) || view.numbersRefused()));
  }

  @Override
  public void open(LeafReader reader) throws IOException {
    if (field.isEmpty()) {
      return;
    }
    boolean isTime = field.equals(EcsFields.TIMESTAMP);
    longs = DocValues.getNumeric(reader, isTime ? IndexFields.TIME : IndexFields.LONGS + field);
    doubles = DocValues.getNumeric(reader, IndexFields.DOUBLES + field);
    events = fromEvents && !isTime ? new StoredEvents(reader, "") : null;
  }

  @Override
  public void read(int document) throws IOException {
    hasLong = longs.advanceExact(document);
    hasDouble = doubles.advanceExact(document);
    read = List.of();
    StoredEvents stored = events;
    if (!hasLong && !hasDouble && stored != null) {
      List<Number> found = new ArrayList<>();
      EventFields.anyValue(
          stored.get(document),
          field,
          value -> {
            if (value instanceof Number number) {
              found.add(number);
            }
            return false;
          });
      read = found;
    }
  }

  @Override
  public void addTo(FunctionState state) {
    try {
      if (hasLong) {
        state.add(longs.longValue());
      }
      if (hasDouble) {
        state.add(NumericUtils.sortableLongToDouble(doubles.longValue()));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    for (Number number : read) {
      if (number instanceof Double) {
        state.add(number.doubleValue());
      } else {
        state.add(number.longValue());
      }
    }
  }
}

package dev.logdash.embedded;

import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.FunctionState;
import java.io.IOException;
import org.apache.lucene.index.LeafReader;

/** What a function of a table reads of one document after the other. */
interface FunctionValues {

  static FunctionValues of(Aggregation.Function function, ReadView view) {
    String field = EventFields.canonicalName(function.field());
    return function instanceof Aggregation.Distinct
        ? FieldHashes.of(field, view)
        : FieldNumbers.of(field, view);
  }

  void open(LeafReader reader) throws IOException;

  void read(int document) throws IOException;

  /** Adds what was read last; to several states where an event is in several groups. */
  void addTo(FunctionState state);
}

package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import java.io.IOException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads the events of a segment. To be used by one thread. */
final class StoredEvents {

  private final StoredFields fields;
  private final String dataset;

  StoredEvents(LeafReader reader, String dataset) throws IOException {
    this.fields = reader.storedFields();
    this.dataset = dataset;
  }

  LogEvent get(int document) throws IOException {
    EventBytes visitor = new EventBytes();
    fields.document(document, visitor);
    byte[] bytes = visitor.bytes;
    if (bytes == null) {
      throw new IOException("document " + document + " has no event");
    }
    return EventCodec.decode(new BytesRef(bytes), dataset);
  }

  private static final class EventBytes extends StoredFieldVisitor {

    private byte @Nullable [] bytes;

    @Override
    public Status needsField(FieldInfo field) {
      return field.name.equals(IndexFields.EVENT) ? Status.YES : Status.NO;
    }

    @Override
    public void binaryField(FieldInfo field, byte[] value) {
      bytes = value;
    }
  }
}

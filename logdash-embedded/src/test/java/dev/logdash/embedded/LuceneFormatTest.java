package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneFormatTest {

  private static final String INDEX = "logdash-default-2026.01.01";

  @TempDir private Path folder;

  @Test
  void readsAnIndexOfTheFirstFormat() throws IOException {
    writeIndex("1");
    try (LuceneLogStore store = store()) {
      assertThat(search(store, new Filter.Exists("a"))).containsExactly("id");
      assertThat(search(store, new Filter.Exists("b"))).isEmpty();
      assertThat(search(store, new Filter.Equal("a", "b"))).containsExactly("id");
    }
  }

  @Test
  void goesOnWithAnIndexOfTheFirstFormat() throws IOException {
    writeIndex("1");
    // Received on the day of the old index.
    LogEvent added =
        LogEvents.event(2).observedNanos(1_767_225_600_000_000_000L).message("new").build();
    try (LuceneLogStore store = store()) {
      store.append(new EventBatch(new PartitionId("lane", 0), 1, 1, false, List.of(added))).block();
      store.flush().block();
    }
    try (LuceneLogStore store = store()) {
      assertThat(search(store, Filter.ALL)).containsExactlyInAnyOrder("id", added.id());
    }
  }

  @Test
  void refusesAnIndexOfANewerFormat() throws IOException {
    writeIndex("3");
    try (LuceneLogStore store = store()) {
      assertThat(search(store, Filter.ALL)).isEmpty();
      assertThatThrownBy(() -> store.check().block())
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("format 3");
      assertThat(store.leftOut().block()).singleElement().asString().contains("format 3");
    }
  }

  /** An event with the attribute {@code a: "b"}, as the first format kept it. */
  private void writeIndex(String format) throws IOException {
    byte[] event =
        HexFormat.of()
            .parseHex(
                "01046964" + "e807d00f" + "027002" + "11" + "0000000000" + "00" + "010261000262");
    Document document = new Document();
    document.add(new StoredField(IndexFields.EVENT, event));
    document.add(new Field(IndexFields.ID, new BytesRef("id"), StringField.TYPE_NOT_STORED));
    document.add(new LongPoint(IndexFields.TIME, 1_000));
    document.add(new NumericDocValuesField(IndexFields.TIME, 1_000));
    document.add(new SortedDocValuesField(IndexFields.PRODUCER, new BytesRef("p")));
    document.add(new NumericDocValuesField(IndexFields.SEQ, 1));
    document.add(
        new Field(IndexFields.VALUES, new BytesRef("\u0001a"), StringField.TYPE_NOT_STORED));
    document.add(
        new Field(IndexFields.VALUES, new BytesRef("\u0001a\u0000b"), StringField.TYPE_NOT_STORED));
    try (FSDirectory directory = FSDirectory.open(folder.resolve(INDEX));
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.addDocument(document);
      Map<String, String> data =
          Map.of("format", format, "tokenizer", "1", "minTime", "1000", "maxTime", "1000");
      writer.setLiveCommitData(data.entrySet());
    }
  }

  private LuceneLogStore store() {
    return LuceneLogStore.builder(folder, MutableClock.atNoon()).refreshNanos(0).build();
  }

  private static List<String> search(LuceneLogStore store, Filter filter) {
    LogQuery query = LogQuery.builder().filter(filter).build();
    return Objects.requireNonNull(store.search(query).block()).events().stream()
        .map(LogEvent::id)
        .toList();
  }
}

package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFieldsQueryTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Filter PRESENT = new Filter.Exists(Filter.EACH_FIELD);

  @TempDir private Path folder;
  private final Set<String> asked = new TreeSet<>();

  @Test
  void findsTheNamesOfAPatternAmongTheTermsOfAllValues() throws IOException {
    List<String> names =
        List.of("a.b", "a.bc", "a.c.b", "a", "b", "ab.b", "a.\ud83d\ude80b", "a.\0b", "a.\u00ffb");

    rewritten("a.*b", 10, names);

    assertThat(asked).containsExactlyInAnyOrder("a.b", "a.c.b", "a.\ud83d\ude80b", "a.\u00ffb");
  }

  @Test
  void resolvesToABoundedNumberOfFieldsAndReadsTheEventsForMore() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NamedFieldsQuery.MAX_FIELDS; i++) {
      names.add("n." + i);
    }
    assertThat(rewritten("n.*", 10_000, names)).isInstanceOf(AnyOfQuery.class);
    assertThat(asked).hasSize(NamedFieldsQuery.MAX_FIELDS);
    assertThat(rewritten("n.1?", 9, names)).isInstanceOf(EventMatchQuery.class);
    assertThat(rewritten("m.*", 10_000, names)).isInstanceOf(MatchNoDocsQuery.class);
    names.add("n.more");
    assertThat(rewritten("n.*", 10_000, names)).isInstanceOf(EventMatchQuery.class);
  }

  @Test
  void answersTheSameHoweverManyFieldsThereAre() {
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Attributes.Builder attributes = Attributes.builder();
      for (int j = 0; j < 10; j++) {
        int number = i * 10 + j;
        String name = (number < 300 ? "few." : "many.") + number;
        switch (number % 3) {
          case 0 -> attributes.put(name, number % 70);
          case 1 -> attributes.put(name, number % 90 + 0.5);
          default -> attributes.put(name, "v" + number % 50);
        }
      }
      events.add(LogEvents.event(i).attributes(attributes.build()).build());
    }
    try (LuceneLogStore store =
        LuceneLogStore.builder(folder.resolve("search"), MutableClock.atNoon()).build()) {
      store.append(LogEvents.batch(events)).block(SOON);
      store.flush().block(SOON);
      for (String names : List.of("few.*", "many.*", "*")) {
        for (Filter clause :
            List.of(
                new Filter.Equal(Filter.EACH_FIELD, "v17"),
                new Filter.Equal(Filter.EACH_FIELD, "42"),
                new Filter.ValuePattern(Filter.EACH_FIELD, "v1?"),
                new Filter.Range(
                    Filter.EACH_FIELD, new Filter.Bound("60", true), Filter.Bound.NONE),
                PRESENT)) {
          Filter filter = new Filter.AnyField(names, clause);
          FilterMatcher matcher = FilterMatcher.of(filter);
          assertThat(store.count(LogQuery.builder().filter(filter).build()).block(SOON))
              .as(filter.toString())
              .isEqualTo(events.stream().filter(matcher).count());
        }
      }
    }
  }

  private Query rewritten(String names, int left, List<String> present) throws IOException {
    asked.clear();
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
        for (String name : present) {
          String term = (char) name.length() + name;
          Document document = new Document();
          for (String value : List.of(term, term + "\0x", term + "\1" + 5)) {
            document.add(new StringField(IndexFields.VALUES, new BytesRef(value), Field.Store.NO));
          }
          writer.addDocument(document);
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return new NamedFieldsQuery(
                new Filter.AnyField(names, PRESENT),
                fields -> {
                  asked.addAll(fields);
                  return List.of(new MatchAllDocsQuery());
                },
                new AtomicInteger(left))
            .rewrite(new IndexSearcher(reader));
      }
    }
  }
}

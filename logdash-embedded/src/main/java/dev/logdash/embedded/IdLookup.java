package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Finds out which ids a writer has already, those not committed included. */
final class IdLookup {

  // More ids on the heap would cost more than the small segment that a new reader makes.
  private static final int MAX_RECENT = 50_000;

  private final IndexWriter writer;
  private final Set<String> recent = new HashSet<>();
  private @Nullable DirectoryReader reader;
  private volatile boolean blind = true;

  /** Adds one event. */
  interface Adder {
    void add(LogEvent event) throws IOException;
  }

  IdLookup(IndexWriter writer) {
    this.writer = writer;
  }

  /** Says that events are added without a look. */
  void addedBlindly() {
    blind = true;
  }

  /** Adds those of some distinct events whose id is not there; returns how many they were. */
  synchronized int addMissing(List<LogEvent> events, Adder adder) throws IOException {
    refreshIfNeeded(events.size());
    BitSet found = find(events);
    int added = 0;
    for (int i = 0; i < events.size(); i++) {
      LogEvent event = events.get(i);
      if (!found.get(i) && recent.add(event.id())) {
        adder.add(event);
        added++;
      }
    }
    return added;
  }

  private void refreshIfNeeded(int more) throws IOException {
    DirectoryReader old = reader;
    if (old != null && !blind && recent.size() + more <= MAX_RECENT) {
      return;
    }
    blind = false;
    DirectoryReader fresh =
        old == null ? DirectoryReader.open(writer) : DirectoryReader.openIfChanged(old, writer);
    if (fresh != null) {
      reader = fresh;
      if (old != null) {
        old.close();
      }
    }
    recent.clear();
  }

  private BitSet find(List<LogEvent> events) throws IOException {
    BitSet found = new BitSet(events.size());
    List<BytesRef> ids = new ArrayList<>(events.size());
    for (LogEvent event : events) {
      ids.add(new BytesRef(event.id()));
    }
    DirectoryReader current = reader;
    if (current == null) {
      throw new IllegalStateException("no reader");
    }
    for (LeafReaderContext leaf : current.leaves()) {
      Terms terms = leaf.reader().terms(IndexFields.ID);
      if (terms == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      TermsEnum termsEnum = terms.iterator();
      PostingsEnum postings = null;
      for (int i = 0; i < ids.size(); i++) {
        if (found.get(i) || !termsEnum.seekExact(ids.get(i))) {
          continue;
        }
        postings = termsEnum.postings(postings, PostingsEnum.NONE);
        for (int doc = postings.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = postings.nextDoc()) {
          if (live == null || live.get(doc)) {
            found.set(i);
            break;
          }
        }
      }
    }
    return found;
  }

  synchronized void close() throws IOException {
    DirectoryReader old = reader;
    reader = null;
    if (old != null) {
      old.close();
    }
  }
}

package dev.logdash.embedded;

import dev.logdash.api.store.Filter;
import dev.logdash.core.query.NamePattern;
import dev.logdash.core.query.Wildcard;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.TermsEnum.SeekStatus;
import org.apache.lucene.util.BytesRef;

/**
 * Finds the names of a pattern that an index has. The terms of all values of a name stand together
 * and are passed over at once.
 */
final class NamesInIndex {

  // A host may send an endless number of names; beyond so many it is as cheap to read the events.
  private static final int MAX_LOOKED_AT = 50_000;

  private final NamePattern names;
  private final String start;
  private final Set<String> found;
  private final int most;
  private int lookedAt;

  private NamesInIndex(Filter.AnyField any, Set<String> found, int most) {
    names = NamePattern.of(any.names());
    start = Wildcard.literalStart(any.names());
    this.found = found;
    this.most = most;
  }

  /**
   * Adds the names of whole values that a filter asks.
   *
   * @return whether these are all; else there are more than so many, or too many others
   */
  static boolean addTo(Set<String> found, int most, Filter.AnyField any, IndexReader reader)
      throws IOException {
    NamesInIndex search = new NamesInIndex(any, found, most);
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(IndexFields.VALUES);
      if (terms != null && !search.addFrom(terms.iterator())) {
        return false;
      }
    }
    return true;
  }

  private boolean addFrom(TermsEnum terms) throws IOException {
    int length = Math.max(1, start.length());
    while (length <= NamePattern.LONGEST) {
      SeekStatus status = terms.seekCeil(new BytesRef((char) length + start));
      while (status != SeekStatus.END && isOfLength(terms.term(), length)) {
        String name = terms.term().utf8ToString().substring(1, 1 + length);
        if (!name.startsWith(start)) {
          break;
        }
        boolean full = names.asks(name) && found.add(name) && found.size() > most;
        if (full || ++lookedAt > MAX_LOOKED_AT) {
          return false;
        }
        status = terms.seekCeil(behind(name));
      }
      if (status == SeekStatus.END) {
        return true;
      }
      int next = terms.term().utf8ToString().codePointAt(0);
      length = Math.max(length + 1, next);
    }
    return true;
  }

  private static boolean isOfLength(BytesRef term, int length) {
    return term.utf8ToString().codePointAt(0) == length;
  }

  /** Behind the terms of all values of a name, since no character has such a byte. */
  private static BytesRef behind(String name) {
    BytesRef existence = IndexFields.existence(name);
    byte[] bytes = new byte[existence.length + 1];
    System.arraycopy(existence.bytes, existence.offset, bytes, 0, existence.length);
    bytes[existence.length] = (byte) 0xFF;
    return new BytesRef(bytes);
  }
}

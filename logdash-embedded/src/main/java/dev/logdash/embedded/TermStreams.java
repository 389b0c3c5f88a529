package dev.logdash.embedded;

import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.BytesRef;

/** The streams of terms that a document gives to its indexed fields; each is used again. */
final class TermStreams {

  private TermStreams() {}

  /** The tokens of several texts, with a gap between texts that no phrase reaches over. */
  static final class Words extends TokenStream {

    private static final int GAP = 2;

    private final Tokenizer tokenizer = new Tokenizer();
    private final List<String> texts = new ArrayList<>();
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment =
        addAttribute(PositionIncrementAttribute.class);
    private int next;
    private boolean inText;

    void clear() {
      texts.clear();
    }

    void add(String text) {
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }

    boolean isEmpty() {
      return texts.isEmpty();
    }

    @Override
    public void reset() {
      next = 0;
      inText = false;
    }

    @Override
    public boolean incrementToken() {
      int step = 1;
      while (!inText || !tokenizer.advance()) {
        if (next == texts.size()) {
          return false;
        }
        step = next == 0 ? 1 : GAP;
        tokenizer.reset(texts.get(next++));
        inText = true;
      }
      term.copyBuffer(tokenizer.buffer(), 0, tokenizer.length());
      increment.setPositionIncrement(step);
      return true;
    }
  }

  /** Terms that were put together before, each with its own bytes. */
  static final class Terms extends TokenStream {

    private final Bytes bytes = new Bytes(1024);
    private final BytesRef ref = new BytesRef();
    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final PositionIncrementAttribute increment =
        addAttribute(PositionIncrementAttribute.class);
    private int[] ends = new int[64];
    private int count;
    private int next;

    void clear() {
      bytes.clear();
      count = 0;
    }

    /** Where to write the bytes of the next term; {@link #endTerm} ends it. */
    Bytes bytes() {
      return bytes;
    }

    void endTerm() {
      if (count == ends.length) {
        ends = java.util.Arrays.copyOf(ends, 2 * count);
      }
      ends[count++] = bytes.length();
    }

    @Override
    public void reset() {
      next = 0;
    }

    @Override
    public boolean incrementToken() {
      if (next == count) {
        return false;
      }
      int from = next == 0 ? 0 : ends[next - 1];
      ref.bytes = bytes.array();
      ref.offset = from;
      ref.length = ends[next++] - from;
      term.setBytesRef(ref);
      // The end of the document before left it at 0.
      increment.setPositionIncrement(1);
      return true;
    }
  }
}

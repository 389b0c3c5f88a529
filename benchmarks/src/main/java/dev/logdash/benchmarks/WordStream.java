package dev.logdash.benchmarks;

import dev.logdash.core.text.Tokenizer;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeFactory;

/** The tokens of logdash, for a peer. */
final class WordStream extends TokenStream {

  private final Tokenizer tokenizer = new Tokenizer();
  private final List<String> texts;
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);
  private int next;

  WordStream(List<String> texts) {
    super(AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY);
    this.texts = texts;
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    while (next == 0 || !tokenizer.advance()) {
      if (next == texts.size()) {
        return false;
      }
      tokenizer.reset(texts.get(next++));
      increment.setPositionIncrement(next == 1 ? 1 : 2);
      if (tokenizer.advance()) {
        break;
      }
    }
    term.copyBuffer(tokenizer.buffer(), 0, tokenizer.length());
    return true;
  }
}

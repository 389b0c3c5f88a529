package dev.logdash.embedded;

import dev.logdash.core.query.Wildcard;
import java.io.IOException;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * The documents with a term that starts with some bytes and goes on as a pattern says. It asks the
 * pattern itself about each term, so it means the same as everywhere, and no pattern is too complex
 * for it; only terms that start like the pattern are looked at.
 */
final class WildcardTermsQuery extends MultiTermQuery {

  private final BytesRef prefix;
  private final Wildcard pattern;
  private final String patternText;

  /**
   * @param prefix what stands in front of the text that the pattern is about
   */
  WildcardTermsQuery(String field, BytesRef prefix, Wildcard pattern) {
    super(field, CONSTANT_SCORE_BLENDED_REWRITE);
    this.prefix = prefix;
    this.pattern = pattern;
    this.patternText = pattern.toString();
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    return new Matching(terms.iterator());
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return getField() + ':' + prefix + patternText;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof WildcardTermsQuery other
        && super.equals(other)
        && prefix.equals(other.prefix)
        && patternText.equals(other.patternText);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * super.hashCode() + prefix.hashCode()) + patternText.hashCode();
  }

  private final class Matching extends FilteredTermsEnum {

    private final BytesRef start;

    Matching(TermsEnum terms) {
      super(terms);
      BytesRef literal = new BytesRef(Wildcard.literalStart(patternText));
      byte[] bytes = new byte[prefix.length + literal.length];
      System.arraycopy(prefix.bytes, prefix.offset, bytes, 0, prefix.length);
      System.arraycopy(literal.bytes, literal.offset, bytes, prefix.length, literal.length);
      start = new BytesRef(bytes);
      setInitialSeekTerm(start);
    }

    @Override
    protected AcceptStatus accept(BytesRef term) {
      if (!StringHelper.startsWith(term, start)) {
        return AcceptStatus.END;
      }
      String text =
          new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length)
              .utf8ToString();
      return pattern.matches(text) ? AcceptStatus.YES : AcceptStatus.NO;
    }
  }
}

package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a clause of a field, as people write it here and elsewhere: {@code f:x}, {@code
 * f: x}, {@code f : x}, {@code f>=5}, {@code f >= 5}. Where the text could be a sentence that was
 * pasted, it is taken as a field only if its name can be nothing else.
 *
 * @param name as written, with its escapes
 * @param sign the comparison, or a colon
 * @param signAt where the sign stands
 * @param valueAt where the value begins, behind all space; the end of the query if none does
 * @param spacedBefore whether there is space between the name and the sign
 * @param spaced whether there is space between the sign and the value
 * @param ofTable whether it is a column of a table that is named
 */
record FieldStart(
    String name,
    String sign,
    int signAt,
    int valueAt,
    boolean spacedBefore,
    boolean spaced,
    boolean ofTable) {

  private static final String COLON = ":";

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
  // What stands in front of the message of a stack trace.
  private static final Pattern THROWABLE = Pattern.compile(".*\\.\\p{Lu}\\S*(Exception|Error)");

  /** The clause of a field that begins at a place; null if none does. */
  static @Nullable FieldStart find(String query, int at, boolean ofTable) {
    int end = ofTable ? endOfColumn(query, at) : endOfName(query, at);
    if (end == at) {
      return null;
    }
    int signAt = QueryText.skipSpace(query, end);
    if (signAt == query.length()) {
      return null;
    }
    String written = query.substring(at, end);
    boolean colon = query.charAt(signAt) == ':';
    int length = colon ? 1 : comparison(query, signAt);
    if (length == 0 || (signAt > end && QueryText.isOperator(written))) {
      return null;
    }
    int valueAt = QueryText.skipSpace(query, signAt + length);
    FieldStart start =
        new FieldStart(
            written,
            query.substring(signAt, signAt + length),
            signAt,
            valueAt,
            signAt > end,
            valueAt > signAt + length,
            ofTable);
    boolean found = colon ? start.isAssigned(query) : start.isCompared(query);
    return found ? start : null;
  }

  boolean isComparison() {
    return !sign.equals(COLON);
  }

  /** Whether a colon makes a field of what stands in front of it. */
  private boolean isAssigned(String query) {
    if (query.startsWith("::", signAt) || query.startsWith("://", signAt)) {
      return false;
    }
    if (isPattern() && spacedBefore) {
      return isOnlyField();
    }
    // With space on both sides, or in front of a quote, it is part of no word.
    return !spacedBefore || spaced || isNext(query, "\"(") || isOnlyField();
  }

  /** Whether a sign without a colon compares a field, and is no part of a text like List&lt;T>. */
  private boolean isCompared(String query) {
    if (valueAt == query.length() || isNext(query, "()<>=") || (isPattern() && !isOnlyField())) {
      return false;
    }
    String word = word(query);
    if ((NumberLiteral.parse(word) != null || DATE.matcher(word).matches())
        && !name.endsWith("-")) {
      return true;
    }
    return ofTable
        || ShortNames.isKnown(name)
        || (isOnlyField() && ((spacedBefore && spaced) || isNext(query, "\"")));
  }

  /**
   * Requires a value behind the colon. Behind a space it must be one that can be no word of a
   * sentence, or belong to a name that can be none: {@code failed: x} could mean either.
   */
  void requireValue(String query) {
    boolean missing =
        valueAt == query.length() || isNext(query, ")") || query.startsWith("||", valueAt);
    if (missing || (spaced && !isValue(query))) {
      throw new QuerySyntaxException(
          "expected a value directly behind '"
              + Lexer.unescape(name)
              + ":'; to search for words, put them in quotes",
          signAt + 1);
    }
  }

  private boolean isValue(String query) {
    int end = QueryText.endOfWord(query, valueAt, "");
    return isNext(query, "\"(<>")
        || QueryText.openOfSet(query, valueAt) >= 0
        || QueryText.isRange(query, valueAt)
        || ((spacedBefore || isOnlyField())
            && !QueryText.isOperator(query.substring(valueAt, end)));
  }

  /** Whether the name is no word of a sentence: {@code failed: x} could be one. */
  private boolean isOnlyField() {
    if (ofTable || ShortNames.isKnown(name)) {
      return true;
    }
    char last = name.charAt(name.length() - 1);
    return (Character.isLetterOrDigit(last) || last == '*')
        && name.chars().anyMatch(c -> "._@/".indexOf(c) >= 0)
        && !THROWABLE.matcher(name).matches();
  }

  /** Whether it asks several fields at once, by a pattern of their names. */
  private boolean isPattern() {
    return Wildcard.hasWildcard(name);
  }

  private boolean isNext(String query, String any) {
    return valueAt < query.length() && any.indexOf(query.charAt(valueAt)) >= 0;
  }

  private String word(String query) {
    int end = valueAt;
    while (end < query.length()
        && !QueryText.isSpace(query.charAt(end))
        && "()\"|^".indexOf(query.charAt(end)) < 0) {
      end++;
    }
    return query.substring(valueAt, end);
  }

  private static int comparison(String query, int at) {
    for (String sign : List.of("<=", ">=", "<", ">")) {
      if (query.startsWith(sign, at)) {
        return sign.length();
      }
    }
    return 0;
  }

  /** The same for a column, which may be named by its function, as in {@code p95(took)}. */
  private static int endOfColumn(String query, int at) {
    int end = endOfName(query, at);
    if (end == at || !query.startsWith("(", end)) {
      return end;
    }
    int close = endOfName(query, end + 1);
    return query.startsWith(")", close) ? close + 1 : end;
  }

  /** Where the name that starts at a place ends; the place itself if none does. */
  private static int endOfName(String query, int at) {
    int i = at;
    while (i < query.length() && isName(query, i, i == at)) {
      i += query.charAt(i) == '\\' ? 1 : 0;
      i += i < query.length() ? Character.charCount(query.codePointAt(i)) : 0;
    }
    return i;
  }

  private static boolean isName(String query, int i, boolean first) {
    int c = query.codePointAt(i);
    if (c == '\\') {
      return i + 1 < query.length();
    }
    return Character.isLetter(c)
        || c == '_'
        || c == '@'
        || c == '*'
        || c == '?'
        || (!first && (Character.isLetterOrDigit(c) || "./$-".indexOf(c) >= 0));
  }
}

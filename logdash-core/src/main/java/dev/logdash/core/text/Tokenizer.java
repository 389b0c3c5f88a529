package dev.logdash.core.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into the terms that searches compare. The rule is a table in {@code
 * docs/query-language.md}; every store uses this class and stores {@link #VERSION} with its index.
 *
 * <p>The text is normalised to NFC. A term is a longest run of letters, digits, marks (Unicode
 * categories L, N, M) and {@code _}; everything else separates. A character of a script that is
 * written without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) is a term of its own,
 * with the marks that follow it. Each code point is folded by upper case, then lower case. A term
 * has at most {@value #MAX_TERM} UTF-16 units; what is longer is cut there.
 *
 * <p>Not safe for use by several threads; holds a buffer that it uses again.
 */
public final class Tokenizer {

  /** Changes whenever the same text may yield other terms than before. */
  public static final int VERSION = 1;

  /** The most UTF-16 units of a term. */
  public static final int MAX_TERM = 255;

  private static final int REPLACEMENT = 0xFFFD;
  private static final byte SEPARATOR = 0;
  private static final byte WORD = 1;
  private static final byte[] ASCII_KIND = new byte[128];
  private static final char[] ASCII_FOLD = new char[128];

  static {
    for (char c = 0; c < 128; c++) {
      boolean word = Character.isLetterOrDigit(c) || c == '_';
      ASCII_KIND[c] = word ? WORD : SEPARATOR;
      ASCII_FOLD[c] = Character.toLowerCase(c);
    }
  }

  private final char[] term = new char[MAX_TERM];
  private CharSequence text = "";
  private int next;
  private int length;
  private boolean full;
  private int start;

  /** Starts a text. */
  public void reset(CharSequence value) {
    text = isAscii(value) ? value : Normalizer.normalize(value, Normalizer.Form.NFC);
    next = 0;
    length = 0;
  }

  /** Moves to the next term; false if there is none. */
  public boolean advance() {
    length = 0;
    full = false;
    CharSequence chars = text;
    int end = chars.length();
    int at = next;
    while (at < end) {
      char c = chars.charAt(at);
      if (c < 128) {
        if (ASCII_KIND[c] == WORD) {
          if (length == 0) {
            start = at;
          }
          append(ASCII_FOLD[c]);
        } else if (length > 0) {
          break;
        }
        at++;
        continue;
      }
      int codePoint = Character.codePointAt(chars, at);
      int width = Character.charCount(codePoint);
      if (!isWord(codePoint)) {
        if (length > 0) {
          break;
        }
        at += width;
        continue;
      }
      if (standsAlone(codePoint)) {
        if (length > 0) {
          break;
        }
        start = at;
        appendFolded(codePoint);
        at += width;
        while (at < end && isMark(Character.codePointAt(chars, at))) {
          int mark = Character.codePointAt(chars, at);
          appendFolded(mark);
          at += Character.charCount(mark);
        }
        break;
      }
      if (length == 0) {
        start = at;
      }
      appendFolded(codePoint);
      at += width;
    }
    next = at;
    return length > 0;
  }

  /** The characters of the current term, from index 0 on. */
  public char[] buffer() {
    return term;
  }

  /** How many UTF-16 units the current term has. */
  public int length() {
    return length;
  }

  public String term() {
    return new String(term, 0, length);
  }

  /** Where the current term starts in the normalised text, in UTF-16 units. */
  public int start() {
    return start;
  }

  /** All terms of a text, in order. */
  public static List<String> terms(CharSequence text) {
    Tokenizer tokenizer = new Tokenizer();
    tokenizer.reset(text);
    List<String> terms = new ArrayList<>();
    while (tokenizer.advance()) {
      terms.add(tokenizer.term());
    }
    return terms;
  }

  /**
   * A text as it is compared whole: NFC, folded, cut to {@value #MAX_TERM} UTF-16 units; what is no
   * character is U+FFFD.
   */
  public static String fold(CharSequence text) {
    CharSequence chars = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    StringBuilder folded = new StringBuilder(Math.min(chars.length(), MAX_TERM));
    for (int at = 0; at < chars.length() && folded.length() < MAX_TERM; ) {
      int codePoint = Character.codePointAt(chars, at);
      at += Character.charCount(codePoint);
      if (folded.length() + Character.charCount(codePoint) > MAX_TERM) {
        break;
      }
      // A lone surrogate has no UTF-8 form; stores would each put something else in its place.
      folded.appendCodePoint(isSurrogate(codePoint) ? REPLACEMENT : foldCodePoint(codePoint));
    }
    return folded.toString();
  }

  /** Folds one code point: to upper case, then to lower case, by the simple mappings. */
  public static int foldCodePoint(int codePoint) {
    return codePoint < 128
        ? ASCII_FOLD[codePoint]
        : Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  private void append(char c) {
    if (length < MAX_TERM && !full) {
      term[length++] = c;
    } else {
      full = true;
    }
  }

  private void appendFolded(int codePoint) {
    int folded = foldCodePoint(codePoint);
    if (folded < 0x10000) {
      append((char) folded);
    } else if (length + 2 <= MAX_TERM) {
      append(Character.highSurrogate(folded));
      append(Character.lowSurrogate(folded));
    } else {
      // Half a pair is no character, so the term ends before it.
      full = true;
    }
  }

  private static boolean isAscii(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isWord(int codePoint) {
    if (codePoint < 128) {
      return ASCII_KIND[codePoint] == WORD;
    }
    switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER:
      case Character.LOWERCASE_LETTER:
      case Character.TITLECASE_LETTER:
      case Character.MODIFIER_LETTER:
      case Character.OTHER_LETTER:
      case Character.DECIMAL_DIGIT_NUMBER:
      case Character.LETTER_NUMBER:
      case Character.OTHER_NUMBER:
        return true;
      default:
        return isMark(codePoint);
    }
  }

  private static boolean standsAlone(int codePoint) {
    if (codePoint < 0x0E00 || isMark(codePoint)) {
      return false;
    }
    switch (Character.UnicodeScript.of(codePoint)) {
      case HAN:
      case HIRAGANA:
      case KATAKANA:
      case THAI:
      case LAO:
      case KHMER:
      case MYANMAR:
        return true;
      default:
        return false;
    }
  }
}

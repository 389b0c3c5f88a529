package dev.logdash.core.redact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over what none of the standard detectors needs to look at, eight bytes at a time. It may
 * stop where nothing is, but never passes over a place where one of them would mark something.
 *
 * <p>A step tests a word for four things. <b>Marks</b> are the bytes from {@code :} to {@code @}:
 * what stands behind a name, and what ends the user part of a URL. <b>ey</b> begins a JSON web
 * token, <b>ba</b> and <b>be</b> the name of a scheme. <b>Card numbers</b> have in common that of
 * their first nine characters only the fifth may be no digit; a history of one bit for each byte
 * shows that across words. <b>Tokens</b> of fifteen characters or more, as keys of services and
 * numbers of accounts are, have one whole word of letters, digits, {@code _} and {@code -} in them;
 * whether they are one is made sure of at once, for they are many.
 */
final class Prefilter {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = ~HIGH_BITS;
  private static final long FROM_ZERO = (0x80 - '0') * ONES;
  private static final long FROM_COLON = (0x80 - ':') * ONES;
  private static final long FROM_DASH = (0x80 - '-') * ONES;
  private static final long FROM_A = (0x80 - 'a') * ONES;
  private static final long BEHIND_Z = (0x80 - 'z' - 1) * ONES;
  private static final long BEHIND_AT = (0x80 - '@' - 1) * ONES;
  private static final long LOWER_CASE = 0x20 * ONES;
  // Makes an e of an a, too.
  private static final long LOWER_CASE_E = 0x24 * ONES;
  // Brings the lowest bits of eight bytes together, that of the first byte at the top.
  private static final long GATHER = 0x8040201008040201L;

  // A token that begins farther back had a whole word before, unless a place in it was looked at.
  private static final int FARTHEST_START = 32;

  private Prefilter() {}

  /**
   * The next place to look at, or {@code end}. It lies before {@code from} only where a token
   * begins there that is going to be marked.
   *
   * @param from the first byte that counts; bytes before it are only looked at as neighbours
   * @param untaken where the text begins that no mark has taken
   * @param pairs for each pair of neighbouring bytes whether anybody wants to look
   */
  static int next(byte[] text, int start, int from, int end, int untaken, short[] pairs) {
    long before = 0;
    long digits = 0;
    boolean inToken = false;
    int lastWhole = end - 8;
    for (int i = from; i < end; i += 8) {
      long word = i <= lastWhole ? (long) LONGS.get(text, i) : tail(text, i, end);
      long shifted = (word << 8) | before;
      before = word >>> 56;

      long ascii = word & LOW_BITS;
      long digitOrMore = ascii + FROM_ZERO;
      long markOrMore = ascii + FROM_COLON;
      // Bytes beyond ASCII count like those without the high bit; at worst that is a look too many.
      long marks = markOrMore & ~(ascii + BEHIND_AT);
      long digit = digitOrMore & ~markOrMore & HIGH_BITS;
      digits = (digits << 8) | (((digit >>> 7) * GATHER) >>> 56);
      long pairsOfFour = digits & (digits >>> 1);
      long fours = pairsOfFour & (pairsOfFour >>> 2);
      long cards = fours & (fours >>> 5) & ~(digits >>> 9) & 0xFF;

      long token = (shifted ^ 'e' * ONES) | (word ^ 'y' * ONES);
      long scheme = ((shifted | LOWER_CASE) ^ 'b' * ONES) | ((word | LOWER_CASE_E) ^ 'e' * ONES);
      long tokens = (token - ONES) & ~token;
      long schemes = (scheme - ONES) & ~scheme;

      // First, for it begins before whatever else is in the word.
      if (((ascii + FROM_DASH) & HIGH_BITS) != HIGH_BITS || !isToken(word, digit)) {
        inToken = false;
      } else if (!inToken) {
        inToken = true;
        int first = tokenStart(text, start, untaken, i);
        if (first >= 0 && isTokenToMark(text, first, start, end)) {
          return first;
        }
      }
      if ((((marks | tokens | schemes) & HIGH_BITS) | cards) != 0) {
        int found = firstOf(text, start, i, marks | tokens, schemes, cards, pairs);
        if (found >= 0) {
          return found;
        }
      }
    }
    return end;
  }

  /** The first place in a word that is worth a look, or -1; one of a card lies before the word. */
  private static int firstOf(
      byte[] text, int start, int at, long here, long behind, long cards, short[] pairs) {
    for (long left = cards; left != 0; left &= ~Long.highestOneBit(left)) {
      int first = at - 1 - (63 - Long.numberOfLeadingZeros(left));
      if (isWanted(text, start, first, pairs)) {
        return first;
      }
    }
    if ((behind & 0x80) != 0 && isWanted(text, start, at - 1, pairs)) {
      return at - 1;
    }
    long hits = (here | (behind >>> 8)) & HIGH_BITS;
    for (; hits != 0; hits &= hits - 1) {
      int place = at + (Long.numberOfTrailingZeros(hits) >>> 3);
      if (isWanted(text, start, place, pairs)) {
        return place;
      }
    }
    return -1;
  }

  /** Whether all of a word are letters, digits, {@code _} or {@code -}. */
  private static boolean isToken(long word, long digits) {
    long lower = (word | LOWER_CASE) & LOW_BITS;
    long letters = (lower + FROM_A) & ~(lower + BEHIND_Z);
    // Exact for ASCII: a sum has the high bit unless the difference was zero.
    long underscores = ~((word ^ '_' * ONES) + LOW_BITS);
    long dashes = ~((word ^ '-' * ONES) + LOW_BITS);
    return (word & HIGH_BITS) == 0
        && ((letters | digits | underscores | dashes) & HIGH_BITS) == HIGH_BITS;
  }

  /** Where a token begins that reaches into a word, or -1 if that is too far back or taken. */
  private static int tokenStart(byte[] text, int start, int untaken, int at) {
    int limit = Math.max(untaken, at - FARTHEST_START);
    int i = at;
    while (i > limit && Ascii.isBase64Url(text[i - 1])) {
      i--;
    }
    return i == limit && i > start && Ascii.isBase64Url(text[i - 1]) ? -1 : i;
  }

  private static boolean isTokenToMark(byte[] text, int at, int start, int end) {
    return Ascii.isLetter(text[at])
        && (ServiceKeyDetector.finds(text, at, start, end) || IbanDetector.end(text, at, end) > 0);
  }

  private static boolean isWanted(byte[] text, int start, int at, short[] pairs) {
    byte b = text[at];
    if (b == ':' || b == '=') {
      return NamedSecretDetector.mayBeSecret(text, at, start)
          || (b == ':' && ByteText.mayStandBehind(text, at, start, text.length));
    }
    return pairs[Redactor.pairAt(text, start, at)] != 0
        && (b != '>' || NamedSecretDetector.mayBeSecret(text, at, start));
  }

  private static long tail(byte[] text, int from, int end) {
    long word = 0;
    for (int i = end - 1; i >= from; i--) {
      word = (word << 8) | (text[i] & 0xFF);
    }
    return word;
  }
}

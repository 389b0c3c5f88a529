package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Searches that look at eight bytes at once find what a search byte by byte finds. */
class BytesTest {

  private static final int ROUNDS = 200_000;
  // What the searches look for, and the bytes that differ from it by one bit or one.
  private static final byte[] ALPHABET =
      ("aAzZ`{@[/0:9;_^~ !\t\b|}[Z\\].,-usUSetr\"#\n\u000b\u0000\u0001\u001f\u007f"
              + "\u0080\u00a0\u00ae\u00e1\u00f5\u00ff")
          .getBytes(ISO_8859_1);

  private final Random random = new Random(7);
  private byte[] b = {};
  private int from;
  private int to;

  @Test
  void findsTheByteItLooksFor() {
    for (int round = 0; round < ROUNDS; round++) {
      next(80);
      char wanted = (char) (ALPHABET[random.nextInt(ALPHABET.length)] & 0xff);
      int found = endOf(c -> c != wanted);
      int expected = found == to ? -1 : found;

      assertThat(Bytes.indexOf(b, from, to, wanted)).isEqualTo(expected);
      assertThat(Bytes.indexOfFar(b, from, to, wanted)).isEqualTo(expected);
    }
  }

  @Test
  void findsWhereARunEnds() {
    for (int round = 0; round < ROUNDS; round++) {
      next(30);

      assertThat(Bytes.endOfWord(b, from, to)).isEqualTo(endOf(c -> c != ' ' && c != '\t'));
      assertThat(Bytes.endOfItem(b, from, to))
          .isEqualTo(endOf(c -> c != ' ' && c != '\t' && c != '[' && c != '|'));
      assertThat(Bytes.endOfName(b, from, to))
          .isEqualTo(
              endOf(c -> c < 128 && (Character.isLetter(c) || Character.isDigit(c) || c == '_')));
      assertThat(Bytes.endOfPlainJson(b, from, to))
          .isEqualTo(endOf(c -> c >= ' ' && c != '"' && c != '\\'));
    }
  }

  @Test
  void findsHintsOfAnAddressOrAUser() {
    for (int round = 0; round < ROUNDS; round++) {
      next(30);
      int expected = from;
      while (expected < to && !isHint(expected)) {
        expected++;
      }

      assertThat(Bytes.indexOfHint(b, from, to)).isEqualTo(expected);
    }
  }

  @Test
  void comparesNamesOfEachLength() {
    for (int round = 0; round < ROUNDS; round++) {
      next(30);
      byte[] name = java.util.Arrays.copyOfRange(b, from, to);

      assertThat(Bytes.startsWith(b, from, to, name)).isTrue();
      assertThat(Bytes.startsWith(b, from, to - 1, name)).isFalse();
      if (name.length > 0) {
        name[random.nextInt(name.length)] ^= 1;
        assertThat(Bytes.startsWith(b, from, to, name)).isFalse();
      }
    }
  }

  private boolean isHint(int at) {
    int second = at + 1 < to ? b[at + 1] : 0;
    return (Bytes.isDigit(b[at]) && second == '.')
        || (b[at] == ':' && second != ' ')
        || ((b[at] | 0x20) == 'u' && (second | 0x20) == 's');
  }

  /** Another range of bytes inside of others. */
  private void next(int longest) {
    int length = random.nextInt(longest);
    from = random.nextInt(4);
    to = from + length;
    b = new byte[to + random.nextInt(4)];
    // Few of the bytes in the most rounds, so that runs get long.
    int some = 1 + random.nextInt(ALPHABET.length);
    int first = random.nextInt(ALPHABET.length);
    for (int i = 0; i < b.length; i++) {
      b[i] = ALPHABET[(first + random.nextInt(some)) % ALPHABET.length];
    }
  }

  private int endOf(IntPredicate inside) {
    int at = from;
    while (at < to && inside.test(b[at] & 0xff)) {
      at++;
    }
    return at;
  }
}

package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void splitsAtLineFeedsAndStripsOneCarriageReturn() throws IOException {
    assertThat(read("a\nb\r\nc\r\r\n\n\r\nd", 100)).containsExactly("a", "b", "c\r", "", "", "d");
  }

  @Test
  void leavesAnUnterminatedLineUnlessAskedForIt() throws IOException {
    LineReader reader = new LineReader(bytes("a\nb"), 0, 100);

    assertThat(reader.next(false)).isTrue();
    assertThat(reader.end()).isEqualTo(2);
    assertThat(reader.next(false)).isFalse();
  }

  @Test
  void dropsAByteOrderMarkAtTheVeryStartOnly() throws IOException {
    assertThat(read("\u00EF\u00BB\u00BFa\n\u00EF\u00BB\u00BFb\n", 100))
        .containsExactly("a", "\u00EF\u00BB\u00BFb");
  }

  @Test
  void keepsEachByteThatIsNotALineEnd() throws IOException {
    assertThat(read("\u0000\u00FF\u00FE\n\u00C3\u0028\n", 100))
        .containsExactly("\u0000\u00FF\u00FE", "\u00C3\u0028");
  }

  @Test
  void cutsALongLineAndTellsItsLength() throws IOException {
    LineReader reader = new LineReader(bytes("x".repeat(700_000) + "\r\nnext\n"), 0, 1000);

    assertThat(reader.next(true)).isTrue();
    assertThat(reader.length()).isEqualTo(1000);
    assertThat(reader.fullLength()).isEqualTo(700_000);
    assertThat(reader.end()).isEqualTo(700_002);
    assertThat(reader.next(true)).isTrue();
    assertThat(new String(reader.copy(), ISO_8859_1)).isEqualTo("next");
  }

  @Test
  void keepsALineOfJustTheLimitWhole() throws IOException {
    for (String end : List.of("\n", "\r\n", "")) {
      LineReader reader = new LineReader(slowly("y".repeat(64) + end), 0, 64);

      assertThat(reader.next(true)).isTrue();
      assertThat(reader.length()).isEqualTo(64);
      assertThat(reader.fullLength()).isEqualTo(64);
      assertThat(reader.end()).isEqualTo(64 + end.length());
    }
  }

  @Test
  void aLineIsTheSameWhenItIsReadAgain() throws IOException {
    for (int bytes = 63; bytes <= 66; bytes++) {
      for (String end : List.of("\n", "\r\n", "")) {
        LineReader reader = new LineReader(bytes("y".repeat(bytes) + end), 0, 64);
        assertThat(reader.next(true)).isTrue();
        int check = new Fingerprint(new byte[0], "").behind(reader).check();
        String kept = new String(reader.copy(), ISO_8859_1);
        if (reader.size() >= 0) {
          reader.cutTo(reader.firstSize());
        }
        reader.unread();

        assertThat(reader.next(true)).isTrue();
        assertThat(new String(reader.copy(), ISO_8859_1))
            .isEqualTo(kept)
            .hasSizeLessThanOrEqualTo(64);
        assertThat(reader.fullLength()).isEqualTo(bytes);
        assertThat(reader.end()).isEqualTo(bytes + end.length());
        assertThat(new Fingerprint(new byte[0], "").behind(reader).check()).isEqualTo(check);
      }
    }
  }

  @Test
  void splitsLikeAPlainSplitterWhereverTheStreamPauses() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append("ab\u00FF\r\n\n".charAt(random.nextInt(6)));
      }

      assertThat(read(text.toString(), 16 + random.nextInt(8))).isEqualTo(plainSplit(text));
    }
  }

  private static List<String> plainSplit(CharSequence text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        int end = i > start && text.charAt(i - 1) == '\r' ? i - 1 : i;
        lines.add(text.subSequence(start, end).toString());
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.subSequence(start, text.length()).toString());
    }
    return lines;
  }

  /** Cut lines are put together from their kept part and their length, to compare whole lines. */
  private static List<String> read(String text, int maxLineBytes) throws IOException {
    LineReader reader = new LineReader(slowly(text), 0, maxLineBytes);
    List<String> lines = new ArrayList<>();
    long end = 0;
    while (reader.next(true)) {
      String whole = text.substring((int) end);
      String kept = new String(reader.copy(), ISO_8859_1);
      assertThat(kept.length()).isEqualTo(Math.min(reader.fullLength(), maxLineBytes));
      assertThat(reader.end()).isGreaterThan(end);
      if (kept.length() < reader.fullLength()) {
        assertThat(whole).startsWith(kept);
        kept = whole.substring(0, (int) reader.fullLength());
      }
      lines.add(kept);
      end = reader.end();
    }
    assertThat(end).isEqualTo(text.length());
    return lines;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  private static InputStream slowly(String text) {
    Random sizes = new Random(text.length());
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
      @Override
      public int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1 + sizes.nextInt(7)));
      }
    };
  }
}

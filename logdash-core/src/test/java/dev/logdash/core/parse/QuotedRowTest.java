package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedRowTest {

  private static final String HEADER = "timestamp,level,message";

  @Test
  void looksNoFurtherThanTheCellsOfTheHeader() {
    byte[] text = "x\",\"\n".repeat(1_000).getBytes(UTF_8);
    QuotedRow row = QuotedRow.of(HEADER).begin();
    int lines = 0;
    int end = QuotedRow.OPEN;
    while (end == QuotedRow.OPEN && lines < 1_000) {
      lines++;
      end = row.end(text, 0, 5 * lines - 1);
    }

    assertThat(end).isEqualTo(QuotedRow.NONE);
    assertThat(lines).isEqualTo(3);
  }

  @Test
  void aRowOfAsManyCellsAsTheHeaderIsFull() {
    for (String row : new String[] {"a,b,\"c\nd\"", "\"a\nb\",\"c\n\",d", "a,b,"}) {
      byte[] text = row.getBytes(UTF_8);
      QuotedRow read = QuotedRow.of(HEADER).begin();

      assertThat(read.end(text, 0, text.length)).isEqualTo(text.length);
      assertThat(read.isFull()).isTrue();
    }
    byte[] longer = "a,b,c,".getBytes(UTF_8);
    assertThat(QuotedRow.of(HEADER).begin().end(longer, 0, longer.length))
        .isEqualTo(QuotedRow.NONE);
  }
}

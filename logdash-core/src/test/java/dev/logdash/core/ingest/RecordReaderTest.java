package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.core.ingest.RecordReader.Next;
import dev.logdash.core.redact.Redactor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

  private static final int MAX_BYTES = 4_000;
  private static final String FIRST =
      "__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1714557600123456\n_PID=71\nPRIORITY=4\n"
          + "MESSAGE=disk \"a\" is nearly full\n\n";
  private static final String FIRST_JSON =
      "{\"__CURSOR\":\"s=1;i=2\",\"__REALTIME_TIMESTAMP\":\"1714557600123456\",\"_PID\":\"71\","
          + "\"PRIORITY\":\"4\",\"MESSAGE\":\"disk \\\"a\\\" is nearly full\"}";
  private static final String CSV = "timestamp,level,message\n";

  @Test
  void anEntryOfTheJournalIsOneRecord() throws IOException {
    String second = "__REALTIME_TIMESTAMP=1714557600200000\nMESSAGE=b\nMESSAGE=c\nEMPTY=\n\n";

    assertThat(read("before\n" + FIRST + second + "behind\n"))
        .containsExactly(
            "before",
            FIRST_JSON,
            "{\"__REALTIME_TIMESTAMP\":\"1714557600200000\",\"MESSAGE\":[\"b\",\"c\"],"
                + "\"EMPTY\":\"\"}",
            "behind");
  }

  @Test
  void aFieldThatIsNoPlainTextHasAnyBytes() throws IOException {
    // The length of ten is a line feed itself.
    String ten = "a\nb\r\n\r\n__C";
    assertThat(ten).hasSize(10);

    assertThat(read("__CURSOR=x\n" + binary("MESSAGE", ten) + "_PID=1\n\n" + "next"))
        .containsExactly(
            "{\"__CURSOR\":\"x\",\"MESSAGE\":\"a\\nb\\r\\n\\r\\n__C\",\"_PID\":\"1\"}", "next");
    assertThat(read("__CURSOR=x\n" + binary("MESSAGE", "") + binary("B", "\u00FF\r") + "\n"))
        .containsExactly("{\"__CURSOR\":\"x\",\"MESSAGE\":\"\",\"B\":\"\uFFFD\\r\"}");
  }

  @Test
  void aSecretInAFieldThatIsNoUtf8IsFound() throws IOException {
    RecordReader reader =
        reader("__CURSOR=x\n" + binary("MESSAGE", "login password=hunter2 \u00FF") + "\n");
    assertThat(reader.next(true)).isTrue();

    assertThat(new String(Redactor.standard().redact(reader.copy()), UTF_8))
        .isEqualTo("{\"__CURSOR\":\"x\",\"MESSAGE\":\"login password=*** \uFFFD\"}");
  }

  @Test
  void anEntryEndsWithTheInputOrWhereAnotherBegins() throws IOException {
    String open = FIRST.substring(0, FIRST.length() - 1);

    assertThat(read(open)).containsExactly(FIRST_JSON);
    assertThat(read(open + FIRST)).containsExactly(FIRST_JSON, FIRST_JSON);
  }

  @Test
  void anEntryThatIsTornIsText() throws IOException {
    String start = "__CURSOR=x\n_PID=1\n";
    String half = start + binary("MESSAGE", "hello").substring(0, 18);

    assertText("__CURSOR=x\n_PID=1\nMESSAGE=hel", "__CURSOR=x\n_PID=1\nMESSAGE=hel");
    assertText(half, half);
    assertText(start + "MESSAGE\n\nmore\n", "__CURSOR=x\n_PID=1\nMESSAGE\n\nmore");
    // What is no field ends it, and is a record of its own.
    assertText(start + "Traceback: x\n", "__CURSOR=x\n_PID=1", "Traceback: x");
    assertText(
        start + "MESSAGE\n\u0003\0\0\0\0\0\0\0hello\n",
        "__CURSOR=x\n_PID=1",
        "MESSAGE",
        "\u0003\0\0\0\0\0\0\0hello");
  }

  @Test
  void aLineThatOnlyBeginsLikeAnEntryIsALine() throws IOException {
    RecordReader reader = reader("__CURSOR=x\nGET /a 200\n");

    assertThat(reader.next(true)).isTrue();
    assertThat(text(reader)).isEqualTo("__CURSOR=x");
    assertThat(reader.mark(Map.of())).isEmpty();
    assertThat(reader.next(true)).isTrue();
    assertThat(text(reader)).isEqualTo("GET /a 200");
  }

  @Test
  void ofAnEntryThatIsTooLargeTheBeginningIsKept() throws IOException {
    String lines = "__CURSOR=x\n" + "A=1\n".repeat(999) + "A=2\n\n";
    String large = "__CURSOR=x\n" + ("A=" + "1".repeat(98) + "\n").repeat(41) + "\n";

    assertThat(read(new ByteArrayInputStream(bytes(lines + "next\n")), 1 << 20))
        .containsExactly(lines.substring(0, lines.length() - 1), "next");
    RecordReader reader = reader(large + "next\n");
    assertThat(reader.next(true)).isTrue();
    assertThat(text(reader)).isEqualTo(large.substring(0, MAX_BYTES));
    assertThat(reader.lineCount()).isEqualTo(43);
    assertThat(reader.end()).isEqualTo(large.length());
    assertThat(reader.mark(Map.of()))
        .isEqualTo(Map.of(Headers.FORMAT, "text", Headers.TRUNCATED, "" + (large.length() - 1)));
    assertThat(reader.next(true)).isTrue();
    assertThat(text(reader)).isEqualTo("next");
  }

  @Test
  void noValueForgesAnEntryHoweverLongItIs() throws IOException {
    String forged = "\n\n" + FIRST + "\n__CURSOR=forged\nMESSAGE=forged\n\n";
    for (String filler : List.of("\n".repeat(1_000), "f".repeat(5_000), "ff\n".repeat(2_000))) {
      String entry =
          "__CURSOR=x\n"
              + binary("MESSAGE", filler + forged)
              + "_PID=1\n"
              + binary("OTHER", "a" + forged.repeat(10))
              + "_UID=0\n";
      for (String end : List.of("\n", "")) {
        String input = entry + end + FIRST + "next\n";

        assertThat(records(new ByteArrayInputStream(bytes(input)), MAX_BYTES, true))
            .as("%s", filler.length())
            .hasSize(3)
            .endsWith(FIRST_JSON, "next");
        assertThat(records(new Slow(input), MAX_BYTES, false)).hasSize(3).endsWith("next");
      }
    }
    // Also behind so much that the long value is not begun within the bounds.
    String late = "__CURSOR=x\n" + "A=1\n".repeat(1_500) + binary("MESSAGE", "\n" + forged);
    assertThat(records(new ByteArrayInputStream(bytes(late + "\n" + "next")), 1 << 20, true))
        .hasSize(2);
  }

  @Test
  void theRestOfALargeEntryIsWaitedFor() throws IOException {
    String entry = "__CURSOR=x\n" + binary("MESSAGE", "ff\n".repeat(2_000) + FIRST) + "\n";
    for (int part : List.of(4_500, 6_000, entry.length() - 3, entry.length() - 1)) {
      Slow in = new Slow(entry.substring(0, part));
      RecordReader reader = new RecordReader(in, MAX_BYTES, LineSplitter.none());

      assertThat(reader.next(false, false)).isEqualTo(Next.LATER);
      assertThat(reader.next(false, false)).isEqualTo(Next.LATER);
      in.more(entry.substring(part) + "next\n");

      assertThat(reader.next(false)).isTrue();
      assertThat(text(reader)).isEqualTo(entry.substring(0, MAX_BYTES));
      assertThat(reader.end()).isEqualTo(entry.length());
      reader.unread();
      assertThat(reader.next(false)).isTrue();
      assertThat(reader.end()).isEqualTo(entry.length());
      assertThat(reader.next(false)).isTrue();
      assertThat(text(reader)).isEqualTo("next");
    }
  }

  @Test
  void theCheckIsThatOfTheLinesHoweverTheyAreRead() throws IOException {
    String input =
        "a\r\n"
            + "__CURSOR=x\n"
            + binary("M", "ff\r\n".repeat(2_000) + "x".repeat(5_000))
            + "\nb\n";
    RecordReader records = reader(input);
    Fingerprint ofRecords = new Fingerprint(bytes(input), "");
    SourcePosition last = null;
    for (int i = 0; i < 3; i++) {
      assertThat(records.next(true)).isTrue();
      last = records.behind(ofRecords);
    }
    LineReader lines = new LineReader(new ByteArrayInputStream(bytes(input)), 0, MAX_BYTES);
    Fingerprint ofLines = new Fingerprint(bytes(input), "");
    SourcePosition behind = null;
    while (lines.next(true)) {
      behind = ofLines.behind(lines);
    }

    assertThat(last).isEqualTo(behind);
    assertThat(records.next(true)).isFalse();
  }

  @Test
  void eightBytesOfTextAreNoLength() throws IOException {
    assertThat(read("__CURSOR=x\nMESSAGE\nsome text that is none\nnext\n"))
        .containsExactly("__CURSOR=x", "MESSAGE", "some text that is none", "next");
    RecordReader reader = reader("__CURSOR=x\nMESSAGE\nsome text\n");
    assertThat(reader.next(false)).isTrue();
    assertThat(text(reader)).isEqualTo("__CURSOR=x");
  }

  @Test
  void noLineIsLookedAtAgainAndAgain() throws IOException {
    String length = "\u0001\u0004\0\0\0\0\0\0";
    String nested = ("__CURSOR=x\nA\n" + length + "x\n").repeat(2_000);
    LineReader lines = new LineReader(new ByteArrayInputStream(bytes(nested)), 0, 1 << 20);
    int looked = 0;
    while (lines.next(true)) {
      looked++;
      if (JournalEntry.isBegunBy(lines)) {
        JournalEntry entry = new JournalEntry(lines);
        entry.read(true, true);
        looked += entry.lineCount();
      }
    }

    assertThat(looked).isLessThan(2 * 6_000);
  }

  @Test
  void aRowOfCsvHasLineFeedsInQuotes() throws IOException {
    String row = "2024-05-01T10:00:00Z,WARN,\"first, \"\"quoted\"\"\r\n\r\nlast\"";
    String second = "\"2024-05-01T10:00:01Z\",INFO,\"a\nb\"";

    assertThat(read(CSV + row + "\r\n" + second + "\n2024-05-01T10:00:02Z,INFO,c\n"))
        .containsExactly(CSV.strip(), row, second, "2024-05-01T10:00:02Z,INFO,c");
    // Without a header nothing is known about quotes.
    assertThat(read(row + "\n")).hasSize(3);
    assertThat(read("timestamp\tlevel\tmessage\na\tb\t\"c\nd\"\n")).hasSize(3);
  }

  @Test
  void aQuoteThatEnclosesNoCellEndsWithItsLine() throws IOException {
    for (String line :
        List.of(
            "2024-05-01T10:00:00Z,INFO,\"never closed",
            "2024-05-01T10:00:00Z,INFO,\"a\" b",
            "2024-05-01T10:00:00Z,INFO,12\" wide",
            // More cells, or fewer, than the header has.
            "2024-05-01T10:00:00Z,\"INFO",
            "2024-05-01T10:00:00Z,INFO,a,\"b")) {
      String next = "2024-05-01T10:00:01Z,INFO,\"b\"";

      assertThat(read(CSV + line + "\n" + next + "\n")).containsExactly(CSV.strip(), line, next);
    }
    // Closed, but with a cell too many.
    assertThat(read(CSV + "2024-05-01T10:00:00Z,INFO,a,\"b\nc\"\n")).hasSize(3).endsWith("c\"");
  }

  @Test
  void aRowIsBoundedInLinesAndBytes() throws IOException {
    String row = "2024-05-01T10:00:00Z,INFO,\"a";

    assertThat(read(CSV + row + "\nx".repeat(998) + "\nx\"\n")).hasSize(2);
    assertThat(read(CSV + row + "\nx".repeat(999) + "\nx\"\n")).hasSize(1_002).contains(row);
    assertThat(read(CSV + row + ("\n" + "x".repeat(999)).repeat(5) + "\"\n")).hasSize(7);
  }

  @Test
  void whatIsNotThereYetIsWaitedForOnlyIfThatIsWanted() throws IOException {
    for (String first : List.of(FIRST, "2024-05-01T10:00:00Z,INFO,\"a\nb\"\n")) {
      for (int part = first.indexOf('\n') + 1; part < first.length(); part++) {
        Slow in = new Slow(CSV + first.substring(0, part));
        RecordReader reader = new RecordReader(in, MAX_BYTES, LineSplitter.none());
        assertThat(reader.next(false)).isTrue();
        reader.mark(Map.of());

        assertThat(reader.next(true, false)).isEqualTo(Next.LATER);
        in.more(first.substring(part));

        assertThat(reader.next(true, false)).isEqualTo(Next.RECORD);
        assertThat(text(reader)).isEqualTo(read(CSV + first).get(1));
      }
    }
  }

  @Test
  void anInputThatGrowsGivesNoPartOfARecord() throws IOException {
    String text = CSV + "2024-05-01T10:00:00Z,INFO,\"a\n\nb\"\n" + FIRST + "c\n";
    List<String> all = read(text);
    for (int part = 0; part <= text.length(); part++) {
      RecordReader reader = reader(text.substring(0, part));
      List<String> records = new ArrayList<>();
      while (reader.next(false)) {
        records.add(text(reader));
        reader.mark(Map.of());
      }

      assertThat(records).as("%s bytes", part).isEqualTo(all.subList(0, records.size()));
    }
  }

  @Test
  void nothingIsLostWhateverTheInputAndHoweverItComes() throws IOException {
    Random random = new Random(41);
    String[] parts = {
      "a\n",
      "\n",
      "\r\n",
      "__CURSOR=x\n",
      "__REALTIME_TIMESTAMP=1\n",
      "_PID=1\n",
      "MESSAGE\n",
      CSV,
      binary("MESSAGE", "x\ny"),
      "2024-05-01T10:00:00Z,INFO,\"a\n",
      "b\"\n",
      "\"",
      ",",
      "A=",
      "\u0001\0\0\0\0\0\0\0",
      "\u0005\0\0\0\0\0\0\0ab\ncd\n",
      "\u00FF",
      FIRST
    };
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = bytes(text.toString());
      int maxBytes = 40 + random.nextInt(400);

      List<String> atOnce = read(new ByteArrayInputStream(bytes), maxBytes);

      assertThat(read(new Slow(text.toString(), random), maxBytes)).isEqualTo(atOnce);
      assertThat(raw(bytes, maxBytes)).isEqualTo(text.toString());
    }
  }

  private static List<String> records(InputStream in, int maxBytes, boolean mayWait)
      throws IOException {
    RecordReader reader = new RecordReader(in, maxBytes, LineSplitter.none());
    List<String> records = new ArrayList<>();
    for (Next next = reader.next(true, mayWait);
        next != Next.END;
        next = reader.next(true, mayWait)) {
      if (next == Next.LATER) {
        break;
      }
      records.add(text(reader));
    }
    return records;
  }

  /** The bytes of the input that the records are, with those that end them. */
  private static String raw(byte[] bytes, int maxBytes) throws IOException {
    RecordReader reader =
        new RecordReader(new ByteArrayInputStream(bytes), maxBytes, LineSplitter.none());
    StringBuilder raw = new StringBuilder();
    long end = 0;
    while (reader.next(true)) {
      String own = new String(bytes, (int) end, (int) (reader.end() - end), ISO_8859_1);
      assertThat(reader.lineCount()).isEqualTo((int) own.lines().count() + (own.isEmpty() ? 1 : 0));
      raw.append(own);
      end = reader.end();
      reader.mark(Map.of());
    }
    return raw.toString();
  }

  private static void assertText(String input, String text, String... others) throws IOException {
    RecordReader reader = reader(input);
    assertThat(reader.next(true)).isTrue();
    assertThat(text(reader)).isEqualTo(text);
    assertThat(reader.mark(Map.of())).isEqualTo(Map.of(Headers.FORMAT, "text"));
    for (String other : others) {
      assertThat(reader.next(true)).isTrue();
      assertThat(text(reader)).isEqualTo(other);
      assertThat(reader.mark(Map.of())).isEmpty();
    }
    assertThat(reader.next(true)).isFalse();
  }

  static String binary(String name, String value) {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value.length()).array();
    return name + "\n" + new String(length, ISO_8859_1) + value + "\n";
  }

  private static RecordReader reader(String text) {
    return new RecordReader(new ByteArrayInputStream(bytes(text)), MAX_BYTES, LineSplitter.none());
  }

  private static List<String> read(String text) throws IOException {
    return read(new ByteArrayInputStream(bytes(text)), MAX_BYTES);
  }

  private static List<String> read(InputStream in, int maxBytes) throws IOException {
    RecordReader reader = new RecordReader(in, maxBytes, LineSplitter.none());
    List<String> records = new ArrayList<>();
    while (reader.next(true)) {
      records.add(text(reader));
      reader.mark(Map.of());
    }
    return records;
  }

  private static String text(RecordReader reader) {
    byte[] copy = reader.copy();
    assertThat(copy).hasSize(reader.length());
    return new String(copy, copy.length > 0 && copy[0] == '{' ? UTF_8 : ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Gives a few bytes at a time, and more where more was put in. */
  private static final class Slow extends InputStream {
    private final Random random;
    private byte[] all;
    private int at;

    Slow(String text) {
      this(text, new Random(1));
    }

    Slow(String text, Random random) {
      this.all = bytes(text);
      this.random = random;
    }

    void more(String text) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(all);
      both.writeBytes(bytes(text));
      all = both.toByteArray();
    }

    @Override
    public int available() {
      return all.length - at;
    }

    @Override
    public int read() {
      return at < all.length ? all[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == all.length) {
        return -1;
      }
      int count = Math.min(Math.min(length, all.length - at), 1 + random.nextInt(9));
      System.arraycopy(all, at, into, offset, count);
      at += count;
      return count;
    }
  }
}

package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

class LineColumnsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String CSV = "time,level,message";
  private static final String W3C = "#Fields: date time c-ip";

  @TempDir Path folder;

  private final KeepingSink sink = new KeepingSink();

  @Test
  void marksTheLinesBehindAHeaderUntilAnotherComes() {
    stream("before\n" + CSV + "\na\nb\n" + W3C + "\nc\n");

    assertThat(marks()).containsExactly("", "", CSV, CSV, "", W3C);
  }

  @Test
  void keepsTheOtherHeadersOfALine() {
    LineColumns columns = new LineColumns();
    Map<String, String> own = Map.of(Headers.SERVICE, "shop");

    assertThat(mark(columns, own, "a")).isEqualTo(own);
    assertThat(mark(columns, own, CSV)).isEqualTo(own);
    assertThat(mark(columns, own, "a"))
        .isEqualTo(Map.of(Headers.SERVICE, "shop", Headers.COLUMNS, CSV));
    assertThat(mark(columns, Map.of(), "b")).isEqualTo(Map.of(Headers.COLUMNS, CSV));
  }

  @Test
  void knowsTheHeaderOfAFileThatIsReadOn() throws IOException {
    Path file = folder.resolve("shop.csv");
    Files.writeString(file, CSV + "\na\n");
    importFile(file);
    append(file, "b\n");
    importFile(file);

    assertThat(marks()).containsExactly("", CSV, CSV);
  }

  @Test
  void knowsALaterHeaderOfAFileThatIsReadOn() throws IOException {
    Path file = folder.resolve("u_ex.log");
    Files.writeString(file, W3C + "\n" + "a\n".repeat(2_000) + W3C + " cs-uri\nb\n");
    importFile(file);
    append(file, "c\n");
    importFile(file);

    assertThat(marks()).endsWith(W3C, "", W3C + " cs-uri", W3C + " cs-uri");
  }

  @Test
  void takesNoLineOfAQuotedCellForAHeaderOfAFileThatIsReadOn() throws IOException {
    String row = "1,INFO,\"columns:\nlevel;logger;message\nend\"\n";
    for (int rows : List.of(1, 200)) {
      Path file = folder.resolve("cells" + rows + ".csv");
      Files.writeString(file, CSV + "\n" + "2,INFO,a\n".repeat(rows - 1) + row);
      importFile(file);
      append(file, "3,INFO,b\n");
      importFile(file);

      assertThat(marks()).endsWith(CSV, CSV);
      assertThat(sink.lines()).endsWith(row.strip(), "3,INFO,b");
    }
  }

  @Test
  void knowsALaterHeaderOfCsvOfAFileThatIsReadOn() throws IOException {
    Path file = folder.resolve("joined.csv");
    String other = "time;level;message;logger";
    Files.writeString(file, CSV + "\n" + "2,INFO,a\n".repeat(200) + other + "\n1;INFO;a;b\n");
    importFile(file);
    append(file, "3;INFO;b;c\n");
    importFile(file);

    assertThat(marks()).endsWith(other, other);
  }

  @Test
  void knowsAHeaderOfZeekThatEndsBehindTheFirstKibOfAFileThatIsReadOn() throws IOException {
    StringBuilder fields = new StringBuilder("#fields\tts");
    StringBuilder types = new StringBuilder("#types\ttime");
    for (int i = 0; i < 90; i++) {
      fields.append("\tid.field_").append(i);
      types.append("\tstring");
    }
    String top = "#separator \\x09\n#path\tconn\n";
    Path file = folder.resolve("conn.log");
    Files.writeString(file, top + fields + "\n" + types + "\na\n" + "b\n".repeat(40_000));
    importFile(file);
    append(file, "c\n");
    importFile(file);

    assertThat(fields.length()).isGreaterThan(1_024);
    String header = "#path\tconn\n" + fields + "\n" + types;
    assertThat(marks().get(4)).isEqualTo(header);
    assertThat(marks().get(marks().size() - 1)).isEqualTo(header);
  }

  @Test
  void looksForNoHeaderBehindThePlaceWhereReadingGoesOn() throws IOException {
    Path file = folder.resolve("a.log");
    Files.writeString(file, "a\n");
    importFile(file);
    append(file, "b\n" + CSV + "\nc\n");
    importFile(file);

    assertThat(marks()).containsExactly("", "", "", CSV);
  }

  @Test
  void putsTheHeaderOfZeekTogether() {
    String top = "#separator \\x09\n#set_separator\t,\n#path\tconn\n#open\t2024-05-01-10-00-00\n";
    String fields = "#fields\tts\tuid\tproto";
    String types = "#types\ttime\tstring\tenum";
    stream(top + fields + "\n" + types + "\na\n#close\t2024-05-01\n" + fields + "\nb\n");

    assertThat(marks().get(6)).isEqualTo("#path\tconn\n" + fields + "\n" + types);
    assertThat(marks()).endsWith("#path\tconn\n" + fields);
    stream("#fields\tname\tb\nc\n# types\td\n#types\ttime\ne\n");
    assertThat(marks().subList(10, 15)).containsOnly("");
  }

  private void stream(String text) {
    new StreamIngest(sink, Schedulers.immediate(), IngestOptions.defaults())
        .importStream(new ByteArrayInputStream(text.getBytes(UTF_8)), "stdin")
        .block(LIMIT);
  }

  private void importFile(Path file) {
    new FileIngest(sink, sink::positions, Schedulers.immediate(), IngestOptions.defaults())
        .importFiles(List.of(file.toString()))
        .block(LIMIT);
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private List<String> marks() {
    List<String> marks = new ArrayList<>();
    for (Submission line : sink.submissions()) {
      marks.add(line.headers().getOrDefault(Headers.COLUMNS, ""));
    }
    return marks;
  }

  private static Map<String, String> mark(
      LineColumns columns, Map<String, String> headers, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return columns.mark(headers, bytes, 0, bytes.length);
  }
}

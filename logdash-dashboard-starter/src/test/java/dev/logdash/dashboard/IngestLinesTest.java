package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.ingest.RecordReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestLinesTest {

  private static final String TWO =
      "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"a\"}},"
          + "{\"body\":{\"stringValue\":\"b\"}}]}]}]}\n";

  @Test
  void tellsTheLineThatARecordBeginsWith() throws IOException {
    String entry = "__REALTIME_TIMESTAMP=1714557600123456\nMESSAGE=m\n\n";
    String body =
        "timestamp,level,message\n2024-05-01T10:00:00Z,WARN,\"one\n\ntwo\"\n\n"
            + TWO
            + entry
            + "last\n";

    List<IngestRun.Item> items = read(body);

    assertThat(items).extracting(IngestRun.Item::index).containsExactly(0, 1, 5, 5, 6, 9);
    assertThat(body.lines().toList().get(9)).isEqualTo("last");
    assertThat(items)
        .extracting(item -> submission(item).headers().get(Headers.EVENT_ID))
        .containsExactly("k:0", "k:1", "k:5:0", "k:5:1", "k:6", "k:9");
  }

  @Test
  void takesAsManyLinesAsAreAllowedHoweverManyARecordHas() throws IOException {
    String rows =
        "timestamp,level,message\n" + "2024-05-01T10:00:00Z,WARN,\"a\nb\"\n".repeat(49_999);

    assertThat(read(rows + "last\n")).hasSize(50_001);
    assertThatThrownBy(() -> read(rows + "last\nmore\n"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("more than 100000 lines");
  }

  private static List<IngestRun.Item> read(String body) throws IOException {
    RecordReader reader =
        new RecordReader(
            new ByteArrayInputStream(body.getBytes(UTF_8)), 1 << 20, OtlpRoutes.splitter());
    IngestLines lines = new IngestLines(reader, "default", "test", Map.of(), "k");
    List<IngestRun.Item> items = new ArrayList<>();
    for (IngestRun.Item item = lines.next(); item != null; item = lines.next()) {
      items.add(item);
    }
    return items;
  }

  private static Submission submission(IngestRun.Item item) {
    Submission submission = item.submission();
    assertThat(submission).isNotNull();
    return submission;
  }
}

package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.tck.LogEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkBodyTest {

  private final BulkBody body = new BulkBody(16);

  @Test
  void keepsEachActionOnItsLines() {
    assertThat(body.create(7, "logs \"1\"", LogEvents.event(1).build(), 1 << 20)).isTrue();
    body.delete(9, "logs", "a\nb");

    List<String> lines = text(body.lines()).lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("{\"create\":{\"_index\":\"logs \\\"1\\\"\",\"_id\":\"");
    assertThat(lines.get(2)).isEqualTo("{\"delete\":{\"_index\":\"logs\",\"_id\":\"a\\nb\"}}");
    assertThat(body.lines().place(0)).isEqualTo(7);
    assertThat(body.lines().place(1)).isEqualTo(9);
  }

  @Test
  void takesNothingBeyondItsBytesButTheFirst() {
    assertThat(body.create(0, "logs", LogEvents.event(1).build(), 10)).isTrue();
    String first = text(body.lines());

    assertThat(body.create(1, "logs", LogEvents.event(2).build(), first.length() + 10)).isFalse();
    assertThat(text(body.lines())).isEqualTo(first);
    assertThat(body.create(1, "logs", LogEvents.event(2).build(), 1 << 20)).isTrue();
    assertThat(body.lines().count()).isEqualTo(2);
  }

  @Test
  void copiesSomeActionsAlone() {
    for (int i = 0; i < 200; i++) {
      body.delete(i, "logs", Integer.toString(i));
    }

    BulkBody.Lines some = body.lines().only(new int[] {0, 17, 199});
    body.clear();
    body.delete(0, "others", "x".repeat(10_000));

    assertThat(text(some))
        .isEqualTo(
            """
            {"delete":{"_index":"logs","_id":"0"}}
            {"delete":{"_index":"logs","_id":"17"}}
            {"delete":{"_index":"logs","_id":"199"}}
            """);
    assertThat(some.place(1)).isEqualTo(17);
    assertThat(text(some.only(new int[] {2}))).contains("199").doesNotContain("17\"");
  }

  @Test
  void startsAnew() {
    body.delete(0, "logs", "1");
    body.clear();
    body.delete(5, "logs", "2");

    assertThat(text(body.lines())).isEqualTo("{\"delete\":{\"_index\":\"logs\",\"_id\":\"2\"}}\n");
    assertThat(body.lines().place(0)).isEqualTo(5);
  }

  private static String text(BulkBody.Lines lines) {
    return new String(lines.bytes(), 0, lines.length(), UTF_8);
  }
}

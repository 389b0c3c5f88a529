package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BulkAnswerTest {

  @Test
  void readsWhatEachActionWasAnswered() {
    BulkAnswer answer =
        read(
            """
            {"took":3,"errors":true,"ingest":{"items":[1]},"items":[
              {"create":{"_index":"logs","_shards":{"status":1},"status":201}},
              {"create":{"status":400,"error":{"type":"a","reason":"b","caused_by":{"type":"c"}}}},
              {"delete":{"status":404,"error":null}},
              {"create":{"status":503,"error":{"type":"d"}}}]}
            """);

    assertThat(answer.count()).isEqualTo(4);
    assertThat(answer.status(0)).isEqualTo(201);
    assertThat(answer.type(0)).isEmpty();
    assertThat(answer.status(1)).isEqualTo(400);
    assertThat(answer.type(1)).isEqualTo("a");
    assertThat(answer.reason(1)).isEqualTo("b");
    assertThat(answer.status(2)).isEqualTo(404);
    assertThat(answer.type(2)).isEmpty();
    assertThat(answer.type(3)).isEqualTo("d");
    assertThat(answer.reason(3)).isEmpty();
  }

  @Test
  void readsAsManyAsThereAre() {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      String error = i == 900 ? ",\"error\":{\"type\":\"late\"}" : "";
      items.append(i == 0 ? "" : ",").append("{\"create\":{\"status\":" + i + error + "}}");
    }

    BulkAnswer answer = read("{\"items\":[" + items + "]}");

    assertThat(answer.count()).isEqualTo(1_000);
    assertThat(answer.status(999)).isEqualTo(999);
    assertThat(answer.type(900)).isEqualTo("late");
    assertThat(answer.type(999)).isEmpty();
  }

  @Test
  void countsNothingWhereNothingIsSaid() {
    assertThat(read("").count()).isZero();
    assertThat(read("{}").count()).isZero();
    assertThat(read("[]").count()).isZero();
    assertThat(read("{\"items\":{}}").count()).isZero();
  }

  @Test
  void countsNothingThatIsNoAnswer() {
    BulkAnswer answer =
        read("{\"items\":[3,[1],{},{\"create\":3},{\"create\":{\"status\":\"x\"}}]}");

    assertThat(answer.count()).isEqualTo(1);
    assertThat(answer.status(0)).isZero();
  }

  private static BulkAnswer read(String body) {
    return BulkAnswer.read(body.getBytes(UTF_8));
  }
}

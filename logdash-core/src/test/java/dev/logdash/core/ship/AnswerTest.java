package dev.logdash.core.ship;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  @Test
  void tellsWhatWasRefusedAndWhy() {
    Answer answer =
        read(
            "{\"more\":{},\"accepted\":1,\"rejected\":[{\"index\":1,\"reason\":\"no\",\"x\":[]}]}");

    assertThat(answer.accepted()).isEqualTo(1);
    assertThat(answer.refused()).containsExactly(new Answer.Refused(1, "no"));
    assertThat(answer.isFull()).isFalse();
    assertThat(read("{\"accepted\":1,\"rejected\":[{\"index\":1,\"reason\":\"full\"}]}").isFull())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{}",
        "[]",
        "{\"accepted\":1,\"rejected\":[]}",
        "{\"accepted\":3,\"rejected\":[]}",
        "{\"accepted\":99999999999,\"rejected\":[]}",
        "{\"accepted\":1,\"rejected\":[{\"index\":2,\"reason\":\"\"}]}",
        "{\"accepted\":1,\"rejected\":[{\"reason\":\"\"}]}",
        "{\"accepted\":0,\"rejected\":[{\"index\":1},{\"index\":1}]}",
        "{\"accepted\":2,\"rejected\":[",
      })
  void whatDoesNotAnswerTheBatchAcknowledgesNothing(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(BackendException.Unavailable.class);
  }

  private static Answer read(String body) {
    return Answer.read(body.getBytes(UTF_8), 2);
  }
}

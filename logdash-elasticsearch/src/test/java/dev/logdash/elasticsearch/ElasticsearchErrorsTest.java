package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.junit.jupiter.api.Test;

class ElasticsearchErrorsTest {

  @Test
  void tellsAnAnswerThatIsTooLongFromAServerThatIsGone() {
    Throwable tooLong = new ContentTooLongException("entity content is too long");

    assertThat(ElasticsearchErrors.isPassing(tooLong)).isFalse();
    assertThat(ElasticsearchErrors.translate("http://es", tooLong))
        .isInstanceOf(BackendException.Rejected.class)
        .hasMessageContaining("too long");
    assertThat(ElasticsearchErrors.translate("http://es", new IOException("reset")))
        .isInstanceOf(BackendException.Unavailable.class);
  }
}

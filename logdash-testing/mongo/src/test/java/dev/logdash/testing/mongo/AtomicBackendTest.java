package dev.logdash.testing.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AtomicBackendTest {

  private final AtomicBackend backend = new AtomicBackend();
  private final EmbeddedChannel client = new EmbeddedChannel();

  @AfterEach
  void stop() {
    client.close();
    backend.close();
  }

  @Test
  void leavesAnAnswerAsItWasWhenTheDocumentChanges() {
    run("insert", "documents", List.of(document("before")));
    Document answer = run("find", "filter", new Document());
    Document replaced = new Document("q", new Document("_id", 1)).append("u", document("after"));
    run("update", "updates", List.of(replaced));

    assertThat(documents(answer)).isEqualTo(List.of(document("before")));
    assertThat(documents(run("find", "filter", new Document())))
        .isEqualTo(List.of(document("after")));
  }

  private Document run(String command, String argument, Object value) {
    Document message =
        new Document(command, "things").append(argument, value).append("$db", "database");
    return backend.handleMessage(new MongoMessage(client, new MessageHeader(1, 0), message));
  }

  private static Document document(String body) {
    return new Document("_id", 1).append("nested", new Document("body", body));
  }

  private static List<?> documents(Document answer) {
    return (List<?>) ((Document) answer.get("cursor")).get("firstBatch");
  }
}

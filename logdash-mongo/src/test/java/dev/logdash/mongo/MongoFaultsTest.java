package dev.logdash.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.tls.TrustedAuthorities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.util.retry.Retry;

/** What MongoDB in trouble does to the stores; the answers come over the wire. */
@Timeout(120)
class MongoFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ScriptedBackend backend = new ScriptedBackend();
  private final TestMongo mongo = TestMongo.emulate(backend);
  private final MongoStorage storage = mongo.storage();
  private final DocumentStore store = storage.documents();

  @AfterEach
  void stop() {
    storage.close();
    mongo.close();
  }

  @ParameterizedTest
  @CsvSource({
    "10107, Unavailable",
    "13435, Unavailable",
    "91, Unavailable",
    "189, Unavailable",
    "13, Misconfigured",
    "18, Misconfigured",
    "100, Misconfigured",
    "17280, Rejected",
    "10334, Rejected",
    "121, Rejected",
    "50, Overloaded",
    "14031, Overloaded"
  })
  void saysWhatHelps(int code, String remedy) {
    backend.fail(1, code, ScriptedBackend.command("findAndModify", "t_documents"));

    assertThatThrownBy(() -> store.put("a", DocumentStore.ABSENT, "1").block(PATIENCE))
        .satisfies(failure -> assertThat(failure.getClass().getSimpleName()).isEqualTo(remedy));

    assertThat(storage.statistics().failures()).isEqualTo(1);
    assertThat(store.put("a", DocumentStore.ABSENT, "1").block(PATIENCE)).isPositive();
  }

  @Test
  void doesNotCallAWriteDurableThatNoMajorityConfirmed() {
    backend.leaveUnconfirmed(ScriptedBackend.command("findAndModify", "t_documents"));

    assertThatThrownBy(() -> store.put("a", DocumentStore.ABSENT, "1").block(PATIENCE))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("majority");

    // It may be there or not; here it is, and whoever tries again is told so.
    assertThat(store.put("a", DocumentStore.ABSENT, "2").block(PATIENCE)).isNull();
    assertThat(store.get("a").block(PATIENCE)).extracting(Document::body).isEqualTo("1");
  }

  @Test
  void doesNotCallCellsDurableThatNoMajorityConfirmed() {
    CellWrite write = create("a");
    storage.rollups().write(List.of(create("z"))).block(PATIENCE);
    backend.leaveUnconfirmed(ScriptedBackend.command("insert", "t_cells"));

    assertThatThrownBy(() -> storage.rollups().write(List.of(write)).block(PATIENCE))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("majority");

    assertThat(storage.statistics().failures()).isEqualTo(1);
    assertThat(storage.rollups().write(List.of(write)).block(PATIENCE))
        .containsExactly(write.cell().key());
  }

  @Test
  void writesACellOnceWhenTheAnswerIsLost() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(port());
        MongoStorage distant = distant(proxy)) {
      CellWrite write = create("a");
      distant.rollups().write(List.of(create("z"))).block(PATIENCE);
      proxy.loseAnswerTo("insert");

      assertThatThrownBy(() -> distant.rollups().write(List.of(write)).block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(proxy.cuts()).isEqualTo(1);

      // The same write again is refused; what it finds there is what it wanted to write.
      assertThat(distant.rollups().write(List.of(write)).block(PATIENCE))
          .containsExactly(write.cell().key());
      assertThat(distant.rollups().load(List.of(write.cell().key())).block(PATIENCE))
          .containsExactly(write.cell());
    }
  }

  @Test
  void changesADocumentOnceWhenTheAnswerIsLost() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(port());
        MongoStorage distant = distant(proxy)) {
      long version = distant.documents().put("a", DocumentStore.ABSENT, "1").block(PATIENCE);
      proxy.loseAnswerTo("findAndModify");

      assertThatThrownBy(() -> distant.documents().put("a", version, "2").block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(proxy.cuts()).isEqualTo(1);

      assertThat(distant.documents().put("a", version, "3").block(PATIENCE)).isNull();
      assertThat(distant.documents().get("a").block(PATIENCE).body()).isEqualTo("2");
      assertThat(distant.documents().changesSince(0, 10).collectList().block(PATIENCE)).hasSize(1);
    }
  }

  @Test
  void goesOnWhenTheServerIsBack() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(port());
        MongoStorage distant = distant(proxy)) {
      distant.documents().put("a", DocumentStore.ABSENT, "1").block(PATIENCE);
      proxy.down();

      long start = System.nanoTime();
      assertThatThrownBy(() -> distant.check().block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThatThrownBy(() -> distant.documents().get("a").block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));

      proxy.up();
      assertThat(
              distant
                  .documents()
                  .get("a")
                  .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(100)))
                  .block(PATIENCE)
                  .body())
          .isEqualTo("1");
    }
  }

  @Test
  void isMadeAndClosedWhileNobodyAnswers() {
    MongoStorage nowhere =
        new MongoStorage("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200", "logdash");
    assertThatThrownBy(() -> nowhere.check().block(PATIENCE))
        .isInstanceOf(BackendException.Unavailable.class);

    nowhere.close();
    nowhere.close();

    assertThatThrownBy(() -> nowhere.documents().get("a").block(PATIENCE))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void namesNoPasswordInAFailure() {
    String connection = mongo.connection().replace("mongodb://", "mongodb://ada:hunter2hunter2@");
    try (MongoStorage wrong = new MongoStorage(connection, "logdash")) {
      assertThatThrownBy(() -> wrong.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .satisfies(
              failure -> {
                for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                  assertThat(cause.toString()).doesNotContain("hunter2");
                }
              });
    }
  }

  @Test
  void refusesACellThatIsTooLarge() {
    CellKey key = new CellKey("requests", 60, 60, List.of("a"), new PartitionId("i", 0));
    Cell huge = new Cell(key, 1, 1, 0, 0, new byte[17 << 20]);

    assertThatThrownBy(
            () ->
                storage
                    .rollups()
                    .write(List.of(new CellWrite(CellWrite.ABSENT, huge)))
                    .block(PATIENCE))
        .isInstanceOf(BackendException.Rejected.class)
        .hasMessageContaining("16 MB");
  }

  @Test
  void refusesNamesThatCannotBe() {
    assertThatThrownBy(() -> new MongoStorage("mongodb://h", "a.b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new MongoStorage("mongodb://h", "a", "$x", Map.of(), TrustedAuthorities.ofJava()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MongoStorage("http://h", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int port() {
    String host = new ConnectionString(mongo.connection()).getHosts().get(0);
    return Integer.parseInt(host.substring(host.lastIndexOf(':') + 1));
  }

  private MongoStorage distant(CuttingProxy proxy) {
    String connection = "mongodb://127.0.0.1:" + proxy.port() + "/?serverSelectionTimeoutMS=2000";
    return new MongoStorage(
        connection, mongo.database(), "t_", Map.of(), TrustedAuthorities.ofJava());
  }

  private static CellWrite create(String service) {
    CellKey key = new CellKey("requests", 60, 60, List.of(service), new PartitionId("i", 0));
    return new CellWrite(CellWrite.ABSENT, new Cell(key, 1, 1, 0, 1, new byte[] {1}));
  }
}

package dev.logdash.core.auth;

import static dev.logdash.core.auth.Access.PATIENCE;
import static dev.logdash.core.auth.Access.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.document.Document;
import dev.logdash.core.memory.InMemoryDocumentStore;
import dev.logdash.tck.MutableClock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class AuditLogTest {

  private final InMemoryDocumentStore store = new InMemoryDocumentStore();
  private final AuditLog log = new AuditLog(store, MutableClock.atNoon());

  @Test
  void keepsEntriesInTheirOrder() {
    fill(5);

    assertThat(log.list(2, 2).map(AuditLog.Recorded::number).collectList().block(PATIENCE))
        .containsExactly(3L, 4L);
    assertThat(log.latest(2).map(AuditLog.Recorded::number).collectList().block(PATIENCE))
        .containsExactly(4L, 5L);
    assertThat(get(log.list(0, 1).next()).entry()).isEqualTo(entry(1));
  }

  @Test
  void findsAnUntouchedChainInOrder() {
    assertThat(get(log.verify()).fault()).isEmpty();

    fill(2_500);

    AuditLog.Verification verification = get(log.verify());
    assertThat(verification.fault()).isEmpty();
    assertThat(verification.records()).isEqualTo(2_500);
  }

  @Test
  void namesTheRecordInWhichOneCharacterWasChanged() {
    fill(9);
    Random random = new Random(7);
    for (Document document : records()) {
      for (int i = 0; i < 40; i++) {
        StringBuilder body = new StringBuilder(document.body());
        int at = random.nextInt(body.length());
        body.setCharAt(at, (char) (body.charAt(at) ^ 1));
        replace(document.key(), body.toString());

        assertThat(get(log.verify()).fault())
            .startsWith("record " + Long.parseLong(document.key().substring(11)) + " was changed");
      }
      replace(document.key(), document.body());
    }
    assertThat(get(log.verify()).fault()).isEmpty();
  }

  @Test
  void namesARecordThatWasForgedWithARightHashOfItsOwn() {
    fill(9);
    for (Document document : records()) {
      String[] lines = document.body().split("\n", -1);
      String chained = lines[1] + '\n' + lines[2].replace("ada", "eve");
      replace(document.key(), Secrets.sha256(chained) + '\n' + chained);

      assertThat(get(log.verify()).fault())
          .startsWith("record " + Long.parseLong(document.key().substring(11)) + " was changed");

      replace(document.key(), document.body());
    }
  }

  @Test
  void namesARecordThatIsMissing() {
    fill(9);
    for (int i = 8; i >= 0; i--) {
      Document document = records().get(i);
      get(store.delete(document.key(), document.version()));

      assertThat(get(log.verify()).fault()).isEqualTo("record " + (i + 1) + " is missing");
      assertThat(get(log.verify()).records()).isEqualTo(i);
    }
  }

  @Test
  void staysOneChainWhenManyWriteAtOnce() {
    AuditLog elsewhere = new AuditLog(store, MutableClock.atNoon());
    Flux.range(1, 200)
        .flatMap(
            i ->
                (i % 2 == 0 ? log : elsewhere)
                    .append(entry(i))
                    .subscribeOn(Schedulers.boundedElastic()),
            8)
        .blockLast(PATIENCE);

    AuditLog.Verification verification = get(log.verify());
    assertThat(verification.fault()).isEmpty();
    assertThat(verification.records()).isEqualTo(200);
    assertThat(log.list(0, 1_000).map(r -> r.entry().subject()).distinct().count().block(PATIENCE))
        .isEqualTo(200);
  }

  @Test
  void goesOnAfterACrashBetweenTheRecordAndTheMarkOfTheLast() {
    fill(3);
    Document mark = get(store.get("auth/audit-head"));
    fill(1);
    replace(mark.key(), mark.body());

    assertThat(get(log.verify()).fault()).isEmpty();
    fill(2);

    assertThat(get(log.verify()).records()).isEqualTo(6);
    assertThat(get(log.verify()).fault()).isEmpty();
  }

  @Test
  void writesOneLinePerEntryWhateverItSays() {
    Random random = new Random(11);
    for (int i = 0; i < 1_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int k = 0; k < 12; k++) {
        name.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0xd800));
      }
      name.append("\r\n\u0085\u2028\"}\n{");
      AuditLog.Entry entry =
          new AuditLog.Entry(
              AuditLog.Action.ACCESS_DENIED, name.toString(), "", name.toString(), "");
      log.append(entry).block(PATIENCE);
      assertThat(get(log.latest(1).next()).entry()).isEqualTo(entry);
    }

    assertThat(records()).allMatch(document -> document.body().split("\n", -1).length == 3);
    assertThat(get(log.verify()).fault()).isEmpty();
  }

  private void fill(int count) {
    for (int i = 1; i <= count; i++) {
      log.append(entry(i)).block(PATIENCE);
    }
  }

  private static AuditLog.Entry entry(int number) {
    return new AuditLog.Entry(
        AuditLog.Action.GRANTS_CHANGED, "ada", "192.0.2.1", "user" + number, "a -> b");
  }

  private List<Document> records() {
    return get(store.list("auth/audit/", "", 10_000).collectList());
  }

  private void replace(String key, String body) {
    get(store.put(key, get(store.get(key)).version(), body));
  }
}

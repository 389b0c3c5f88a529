package dev.logdash.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnfinishedRecordTest {

  private static final boolean ENTRY = false;

  private final UnfinishedRecord record = new UnfinishedRecord();
  private long now;

  @Test
  void isTriedOnceWhereThatIsOfNoUseUntilMoreComes() {
    look(0);
    record.found(ENTRY, 100);
    assertThat(isQuietAfterAMinute()).isTrue();

    record.found(ENTRY, 100);
    assertThat(isQuietAfterAMinute()).isFalse();
    assertThat(isQuietAfterAMinute()).isFalse();

    look(1);
    record.grown();
    record.found(ENTRY, 100);
    assertThat(isQuietAfterAMinute()).isTrue();
  }

  @Test
  void endsWhereTheFileHasAnotherNameThoughThatWasOfNoUse() {
    look(0);
    record.found(ENTRY, 100);
    assertThat(isQuietAfterAMinute()).isTrue();
    record.found(ENTRY, 100);
    record.renamed();

    for (int i = 0; i < 40; i++) {
      look(1_000);
      record.isQuiet(true);
    }
    assertThat(record.isEnded()).isTrue();
  }

  @Test
  void forgetsWhatItWaitedFor() {
    look(0);
    record.found(true, 100);
    assertThat(isQuietAfterAMinute()).isTrue();
    record.forget();

    assertThat(record.isQuiet()).isFalse();
    assertThat(record.rowsEndUpTo()).isEqualTo(-1);
  }

  private boolean isQuietAfterAMinute() {
    boolean quiet = false;
    for (int second = 0; second < 60 && !quiet; second++) {
      look(1_000);
      quiet = record.isQuiet(false);
    }
    return quiet;
  }

  private void look(long millisLater) {
    now += millisLater;
    record.look(now);
  }
}

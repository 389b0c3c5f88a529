package dev.logdash.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesAdmissionTest {

  private final SeriesAdmission admission = new SeriesAdmission(2);

  @Test
  void admitsTheFirstSeriesAndCountsTheRestAsOther() {
    assertThat(admit(admission, "a", 1)).containsExactly("a", "x");
    assertThat(admit(admission, "b", 2)).containsExactly("b", "x");
    assertThat(admit(admission, "c", 3)).containsExactly("other", "other");
    assertThat(admit(admission, "a", 4)).containsExactly("a", "x");
  }

  @Test
  void startsAgainOnTheNextDay() {
    admit(admission, "a", 1);
    admit(admission, "b", 2);

    assertThat(admission.admit("events", 8, List.of("c", "x"), 3)).containsExactly("c", "x");
  }

  @Test
  void decidesTheSameInAReplayFromASnapshot() {
    admit(admission, "a", 1);
    admit(admission, "b", 20);
    String saved = AdmissionCodec.write(admission.save(7));

    SeriesAdmission replay = new SeriesAdmission(2);
    replay.load(AdmissionCodec.read(saved), 10);

    // The replay starts at 10 and meets another series first, as the records say.
    assertThat(admit(replay, "a", 11)).containsExactly("a", "x");
    assertThat(admit(replay, "c", 12)).containsExactly("c", "x");
    assertThat(admit(replay, "b", 20)).containsExactly("other", "other");
  }

  @Test
  void forgetsDaysThatAreOver() {
    admit(admission, "a", 1);
    admission.admit("events", 9, List.of("b", "x"), 2);

    assertThat(admission.save(9))
        .extracting(SeriesAdmission.Admitted::series)
        .containsExactly(List.of("b", "x"));
  }

  private static List<String> admit(SeriesAdmission admission, String service, long offset) {
    return admission.admit("events", 7, List.of(service, "x"), offset);
  }
}

package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.redact.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionMetersTest {

  @Test
  void countsWhatEachDetectorFound() {
    Redactor redactor = Redactor.standard();
    List<BackendMeter> meters = RedactionMeters.of(redactor);

    redactor.redact("password=x 4111111111111111 pwd=y".getBytes(UTF_8));

    assertThat(meters)
        .extracting(meter -> meter.labels().get("detector") + "=" + meter.value().getAsLong())
        .contains("named-secret=2", "card-number=1", "iban=0");
    assertThat(meters).extracting(BackendMeter::name).containsOnly("logdash.redacted.secrets");
  }
}

package dev.logdash.dashboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.tck.TestCredentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTokenTest {

  private static final String TOKEN = "0123456789abcdef";

  @Test
  void seesThePipelineAndNoLog() {
    Principal principal = ask("Bearer " + TOKEN).orElseThrow();

    assertThat(principal.may(Permission.PIPELINE)).isTrue();
    for (Permission permission : Permission.values()) {
      assertThat(principal.may(permission)).isEqualTo(permission == Permission.PIPELINE);
    }
    assertThat(principal.datasets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer 0123456789abcdeF",
        "Bearer 0123456789abcde",
        "Bearer 0123456789abcdef0",
        "Bearer ",
        "Bearer",
        "Basic 0123456789abcdef",
        "0123456789abcdef"
      })
  void leavesEveryOtherTokenToOthers(String header) {
    assertThat(ask(header)).isEmpty();
  }

  @Test
  void isNotThereUnlessItIsSet() {
    assertThat(MetricsToken.of(LogdashConfig.defaults())).isEmpty();
  }

  @Test
  void isNotToBeGuessed() {
    assertThatThrownBy(() -> MetricsToken.of(config("short")))
        .hasMessageContaining("logdash.metrics.token: expected at least 16 characters")
        .hasMessageNotContaining("short\"");
  }

  private static Optional<Principal> ask(String header) {
    return MetricsToken.of(config(TOKEN))
        .orElseThrow()
        .authenticate(TestCredentials.none().header("Authorization", header))
        .blockOptional();
  }

  private static LogdashConfig config(String token) {
    return LogdashConfig.of(
        List.of(new ConfigSource("test", Map.of("logdash.metrics.token", token))));
  }
}

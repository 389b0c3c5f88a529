package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@Timeout(60)
class VigilTest {

  private static final BackendException FULL = new BackendException.Overloaded("disk full", null);

  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final List<Throwable> told = new CopyOnWriteArrayList<>();
  private final Sinks.One<String> work = Sinks.one();

  @Test
  void waitsForAFullDiskAndTellsOfIt() {
    failure.set(FULL);
    Vigil vigil =
        new Vigil(
            check(),
            reason -> {
              told.add(reason);
              if (told.size() == 5) {
                failure.set(null);
                work.tryEmitValue("done");
              }
            },
            () -> {});

    assertThat(vigil.untilDone(work.asMono())).isEqualTo("done");
    assertThat(told).hasSizeGreaterThanOrEqualTo(5).containsOnly(FULL);
  }

  @Test
  void doesNotWaitForWhatOnlyAPersonCanChange() {
    failure.set(new BackendException.Misconfigured("day x is damaged", null));

    assertThatThrownBy(() -> vigil().untilDone(work.asMono())).hasMessage("day x is damaged");
  }

  @Test
  void doesNotWaitForAFaultOfTheProgram() {
    failure.set(new IllegalStateException("a fault"));

    assertThatThrownBy(() -> vigil().untilDone(work.asMono())).hasMessage("a fault");
  }

  @Test
  void theFailureOfTheWorkIsItsOwn() {
    Mono<String> failing = Mono.error(new IllegalArgumentException("no work"));

    assertThatThrownBy(() -> vigil().untilDone(failing)).hasMessage("no work");
    assertThat(vigil().<String>untilDone(Mono.empty())).isNull();
  }

  private Vigil vigil() {
    return new Vigil(check(), told::add, () -> {});
  }

  private Mono<Void> check() {
    return Mono.defer(
        () -> {
          RuntimeException now = failure.get();
          return now == null ? Mono.empty() : Mono.error(now);
        });
  }
}

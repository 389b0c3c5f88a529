package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What every {@link DashboardCache} promises. */
public abstract class DashboardCacheContract {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private DashboardCache cache;

  /** An empty cache. */
  protected abstract DashboardCache openCache();

  /** Lets time pass for the cache. */
  protected abstract void elapse(Duration duration);

  @BeforeEach
  final void open() {
    cache = openCache();
  }

  @AfterEach
  final void close() {
    cache.close();
  }

  @Test
  void missesWhatWasNeverPut() {
    assertThat(get("ada", "count")).isNull();
  }

  @Test
  void givesBackWhatWasPut() {
    put("ada", "count", "{\"n\":1, \"text\":\"Zoë 日本\"}");

    assertThat(get("ada", "count")).isEqualTo("{\"n\":1, \"text\":\"Zoë 日本\"}");
  }

  @Test
  void keepsTheLastOfTwo() {
    put("ada", "count", "1");
    put("ada", "count", "2");

    assertThat(get("ada", "count")).isEqualTo("2");
  }

  @Test
  void keepsScopesApartWhateverTheirNames() {
    put("a:", "b", "first");
    put("a", ":b", "second");

    assertThat(get("a:", "b")).isEqualTo("first");
    assertThat(get("a", ":b")).isEqualTo("second");
    assertThat(get("a", "b")).isNull();
  }

  @Test
  void doesNothingBeforeSubscription() {
    Mono<Void> neverSubscribed = cache.put(key("ada", "count"), "1", MINUTE);

    assertThat(neverSubscribed).isNotNull();
    assertThat(get("ada", "count")).isNull();
  }

  @Test
  void forgetsWhenTheTimeIsOver() {
    put("ada", "count", "1");

    elapse(MINUTE.plusMillis(1));

    assertThat(get("ada", "count")).isNull();
  }

  @Test
  void keepsUntilTheTimeIsOver() {
    put("ada", "count", "1");

    elapse(MINUTE.dividedBy(2));

    assertThat(get("ada", "count")).isEqualTo("1");
  }

  @Test
  void refusesATimeToLiveThatIsNoneAtOnce() {
    PanelKey key = key("ada", "count");

    assertThatThrownBy(() -> cache.put(key, "1", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.put(key, "1", Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dropsAScopeAndNoOther() {
    put("ada", "count", "1");
    put("ada", "histogram", "2");
    put("bob", "count", "3");

    cache.invalidate("ada").block(PATIENCE);

    assertThat(get("ada", "count")).isNull();
    assertThat(get("ada", "histogram")).isNull();
    assertThat(get("bob", "count")).isEqualTo("3");
  }

  @Test
  void takesAPatternInAScopeLiterally() {
    put("ada", "count", "1");
    put("a*", "count", "2");

    cache.invalidate("*").block(PATIENCE);
    cache.invalidate("a*").block(PATIENCE);

    assertThat(get("ada", "count")).isEqualTo("1");
    assertThat(get("a*", "count")).isNull();
  }

  private void put(String scope, String fingerprint, String panel) {
    cache.put(key(scope, fingerprint), panel, MINUTE).block(PATIENCE);
  }

  private String get(String scope, String fingerprint) {
    return cache.get(key(scope, fingerprint)).block(PATIENCE);
  }

  private static PanelKey key(String scope, String fingerprint) {
    return new PanelKey(scope, fingerprint);
  }
}

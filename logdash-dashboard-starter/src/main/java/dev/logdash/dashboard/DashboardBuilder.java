package dev.logdash.dashboard;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.cache.DashboardCache;
import dev.logdash.core.Logdash;
import dev.logdash.core.memory.InMemoryDashboardCache;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a dashboard shows and who may see it. What it is given stays the caller's to close.
 */
public final class DashboardBuilder {

  private @Nullable Logdash logdash;
  private @Nullable DashboardCache cache;
  private @Nullable Clock clock;
  private final List<Authenticator> authenticators = new ArrayList<>();

  DashboardBuilder() {}

  /** What is shown; must be given. */
  public DashboardBuilder logdash(Logdash value) {
    logdash = value;
    return this;
  }

  /** Tells the time; must be given. */
  public DashboardBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** Where panels are kept for a moment. Default: in the memory of this process. */
  public DashboardBuilder cache(DashboardCache value) {
    cache = value;
    return this;
  }

  /**
   * Adds one who can say who sends a request, to be asked behind those before. Without any, nobody
   * gets in.
   */
  public DashboardBuilder authenticator(Authenticator value) {
    authenticators.add(Objects.requireNonNull(value, "authenticator"));
    return this;
  }

  public DashboardServlet build() {
    return new DashboardServlet(new Parts(this));
  }

  Logdash logdash() {
    return Objects.requireNonNull(logdash, "logdash");
  }

  Clock clock() {
    return Objects.requireNonNull(clock, "clock");
  }

  DashboardCache cache() {
    return cache != null ? cache : new InMemoryDashboardCache();
  }

  List<Authenticator> authenticators() {
    return List.copyOf(authenticators);
  }
}

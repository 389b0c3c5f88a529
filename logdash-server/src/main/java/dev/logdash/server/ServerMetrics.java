package dev.logdash.server;

import dev.logdash.core.Logdash;
import dev.logdash.core.alert.AlertCounts;
import dev.logdash.dashboard.HostMeters;
import dev.logdash.dashboard.Installation;
import dev.logdash.dashboard.MeterRegistration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What is measured of this process, in the text format of Prometheus. */
final class ServerMetrics implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MeterRegistration meters = new MeterRegistration(registry);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  ServerMetrics(Installation installation) {
    meters.add(HostMeters.of(installation));
    Object unused =
        Gauge.builder("logdash.up", installation.logdash(), ServerMetrics::up)
            .description("Whether records move")
            .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  void alerts(AlertCounts counts) {
    meters.add(HostMeters.of(counts));
  }

  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    meters.close();
    registry.close();
  }

  private static double up(Logdash logdash) {
    return logdash
        .check()
        .timeout(PATIENCE)
        .thenReturn(1)
        .onErrorReturn(0)
        .blockOptional()
        .orElse(0);
  }
}

package dev.logdash.server;

import dev.logdash.core.Logdash;
import dev.logdash.core.alert.AlertCounts;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolStatistics;
import dev.logdash.dashboard.BackendMeter;
import dev.logdash.dashboard.Installation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What is measured of this process, in the text format of Prometheus. */
final class ServerMetrics implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  ServerMetrics(Installation installation) {
    Logdash logdash = installation.logdash();
    installation.spool().ifPresent(this::spool);
    counter("logdash.store.events", "Events stored", logdash, l -> l.totals().events());
    counter("logdash.dead.letters", "Dead letters", logdash, l -> l.totals().deadLetters());
    logdash.enrichmentFailures().keySet().forEach(name -> enricher(name, logdash));
    gauge(
        "logdash.topic.lag",
        "Records of the topic still to be stored",
        installation,
        Installation::lag);
    gauge(
        "logdash.up",
        "Whether records move",
        logdash,
        l -> l.check().timeout(PATIENCE).thenReturn(1).onErrorReturn(0).blockOptional().orElse(0));
    installation.meters().forEach(this::backend);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private void spool(Spool spool) {
    counter(
        "logdash.ingest.records", "Records taken into the spool", spool, s -> stat(s).appended());
    dropped("too_large", spool, s -> stat(s).rejected());
    dropped("spool_full", spool, s -> stat(s).overloaded());
    dropped("damaged", spool, s -> stat(s).corrupt());
    gauge("logdash.spool.bytes", "What the spool takes on disk", spool, s -> stat(s).bytes());
    gauge("logdash.spool.limit.bytes", "What the spool may take", spool, s -> stat(s).maxBytes());
  }

  void alerts(AlertCounts counts) {
    counter("logdash.alert.evaluations", "Ticks evaluated", counts, AlertCounts::evaluations);
    counter("logdash.alert.failures", "Evaluations that failed", counts, AlertCounts::failures);
    counter("logdash.alert.skipped", "Ticks left out", counts, AlertCounts::skipped);
    counter("logdash.alert.sent", "Messages sent", counts, AlertCounts::sent);
    counter("logdash.alert.retries", "Attempts to be repeated", counts, AlertCounts::retried);
    counter("logdash.alert.unsent", "Messages given up", counts, AlertCounts::failed);
  }

  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  private static SpoolStatistics stat(Spool spool) {
    return spool.statistics();
  }

  private void backend(BackendMeter meter) {
    Tags labels =
        Tags.of(
            meter.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    Object unused =
        meter.counts()
            ? FunctionCounter.builder(meter.name(), meter, m -> m.value().getAsLong())
                .description(meter.help())
                .tags(labels)
                .register(registry)
            : Gauge.builder(meter.name(), meter, m -> m.value().getAsLong())
                .description(meter.help())
                .tags(labels)
                .register(registry);
  }

  private void enricher(String name, Logdash logdash) {
    Object unused =
        FunctionCounter.builder(
                "logdash.enrich.failures",
                logdash,
                l -> l.enrichmentFailures().getOrDefault(name, 0L))
            .description("Events that went on without what an enricher would have added")
            .tag("enricher", name)
            .register(registry);
  }

  private <T> void counter(String name, String help, T of, ToDoubleFunction<T> count) {
    Object unused = FunctionCounter.builder(name, of, count).description(help).register(registry);
  }

  private void dropped(String reason, Spool spool, ToDoubleFunction<Spool> count) {
    Object unused =
        FunctionCounter.builder("logdash.ingest.dropped", spool, count)
            .description("Records not taken")
            .tag("reason", reason)
            .register(registry);
  }

  private <T> void gauge(String name, String help, T of, ToDoubleFunction<T> value) {
    Object unused = Gauge.builder(name, of, value).description(help).register(registry);
  }
}

package dev.logdash.dashboard;

import dev.logdash.core.Logdash;
import dev.logdash.core.alert.AlertCounts;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What can be measured of an installation, with its backends and its alerts. */
public final class HostMeters {

  private HostMeters() {}

  static List<BackendMeter> of(HostedDashboard dashboard) {
    List<BackendMeter> meters = new ArrayList<>(of(dashboard.installation()));
    dashboard.alerting().ifPresent(alerts -> meters.addAll(of(alerts.counts())));
    return meters;
  }

  /** What is counted and kept on the road, and what its backends count. */
  public static List<BackendMeter> of(Installation installation) {
    List<BackendMeter> meters = new ArrayList<>();
    installation.spool().ifPresent(spool -> meters.addAll(of(spool)));
    Logdash logdash = installation.logdash();
    meters.add(
        BackendMeter.counter(
            "logdash.store.events", "Events stored", () -> logdash.totals().events()));
    meters.add(
        BackendMeter.counter(
            "logdash.dead.letters", "Dead letters", () -> logdash.totals().deadLetters()));
    for (String name : logdash.enrichmentFailures().keySet()) {
      meters.add(
          BackendMeter.counter(
                  "logdash.enrich.failures",
                  "Events that went on without what an enricher would have added",
                  () -> logdash.enrichmentFailures().getOrDefault(name, 0L))
              .with("enricher", name));
    }
    meters.add(
        BackendMeter.gauge(
            "logdash.topic.lag", "Records of the topic still to be stored", installation::lag));
    meters.addAll(installation.meters());
    return meters;
  }

  /** What became of rules and messages. */
  public static List<BackendMeter> of(AlertCounts counts) {
    return List.of(
        BackendMeter.counter("logdash.alert.evaluations", "Ticks evaluated", counts::evaluations),
        BackendMeter.counter("logdash.alert.failures", "Evaluations that failed", counts::failures),
        BackendMeter.counter("logdash.alert.skipped", "Ticks left out", counts::skipped),
        BackendMeter.counter("logdash.alert.sent", "Messages sent", counts::sent),
        BackendMeter.counter("logdash.alert.retries", "Attempts to be repeated", counts::retried),
        BackendMeter.counter("logdash.alert.unsent", "Messages given up", counts::failed));
  }

  private static List<BackendMeter> of(Spool spool) {
    return List.of(
        BackendMeter.counter(
            "logdash.ingest.records",
            "Records taken into the spool",
            () -> spool.statistics().appended()),
        dropped("too_large", spool, SpoolStatistics::rejected),
        dropped("spool_full", spool, SpoolStatistics::overloaded),
        dropped("damaged", spool, SpoolStatistics::corrupt),
        BackendMeter.gauge(
            "logdash.spool.bytes",
            "What the spool takes on disk",
            () -> spool.statistics().bytes()),
        BackendMeter.gauge(
            "logdash.spool.limit.bytes",
            "What the spool may take",
            () -> spool.statistics().maxBytes()));
  }

  private static BackendMeter dropped(
      String reason, Spool spool, ToLongFunction<SpoolStatistics> count) {
    return BackendMeter.counter(
            "logdash.ingest.dropped",
            "Records not taken",
            () -> count.applyAsLong(spool.statistics()))
        .with("reason", reason);
  }
}

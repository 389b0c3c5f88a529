package dev.logdash.dashboard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.dashboard.HostedLogdash;
import dev.logdash.dashboard.HostedLogdashBuilder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What an application measures of logdash, with servers that are not there. */
class LogdashMetersTest {

  @TempDir private Path folder;
  private final MeterRegistry registry = new SimpleMeterRegistry();

  private HostedLogdashBuilder builder() {
    return HostedLogdash.builder("shop").setting("logdash.data.dir", folder.toString());
  }

  private HostedLogdashBuilder withServers() {
    return builder()
        .setting("logdash.secret-key", Base64.getEncoder().encodeToString(new byte[32]))
        .setting("logdash.ingest", "kafka")
        .setting("logdash.kafka.bootstrap.servers", "127.0.0.1:1")
        .setting("logdash.store", "elasticsearch")
        .setting("logdash.elasticsearch.urls", "http://127.0.0.1:1")
        .setting("logdash.rollups", "mongo")
        .setting("logdash.mongo.url", "mongodb://127.0.0.1:1")
        .setting("logdash.cache", "redis")
        .setting("logdash.redis.url", "redis://127.0.0.1:1");
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).forEach(names::add);
    return names;
  }

  @Test
  void measuresTheServersThatItUses() {
    try (HostedLogdash host = withServers().start();
        LogdashMeters meters = new LogdashMeters(host)) {
      meters.bindTo(registry);

      assertThat(names())
          .contains(
              "logdash.kafka.sink.records",
              "logdash.kafka.source.lag",
              "logdash.elasticsearch.events",
              "logdash.mongo.calls",
              "logdash.redis.panels",
              "logdash.ship.records",
              "logdash.store.events",
              "logdash.spool.bytes",
              "logdash.alert.evaluations");
      assertThat(
              registry.get("logdash.redis.panels").tag("result", "hit").functionCounter().count())
          .isZero();
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void measuresWhatOnlySends() {
    HostedLogdashBuilder sending =
        builder()
            .setting("logdash.ingest", "kafka")
            .setting("logdash.server.role", "ingest")
            .setting("logdash.kafka.bootstrap.servers", "127.0.0.1:1");
    try (HostedLogdash host = sending.start();
        LogdashMeters meters = new LogdashMeters(host)) {
      meters.bindTo(registry);

      assertThat(names()).contains("logdash.kafka.sink.records", "logdash.ship.records");
    }
  }

  @Test
  void isABinderInTheApplication() {
    try (HostedLogdash host = builder().start()) {
      try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
        context.registerBean(HostedLogdash.class, () -> host);
        context.register(LogdashMetricsAutoConfiguration.class);
        context.refresh();

        assertThat(context.getBeansOfType(MeterBinder.class)).hasSize(1);
        context.getBean(MeterBinder.class).bindTo(registry);
        assertThat(names()).contains("logdash.store.events");
      }
      assertThat(registry.getMeters()).isEmpty();
    }
  }
}

package dev.logdash.dashboard;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** Meters in a registry of Micrometer, until it is closed. */
public final class MeterRegistration implements AutoCloseable {

  private final MeterRegistry registry;
  private final List<Meter> registered = new ArrayList<>();
  // A registry lets what it measures be collected.
  private final List<BackendMeter> measured = new ArrayList<>();
  private boolean closed;

  public MeterRegistration(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Adds meters, but for one that is closed. */
  public synchronized void add(List<BackendMeter> meters) {
    if (!closed) {
      measured.addAll(meters);
      meters.forEach(meter -> registered.add(register(meter)));
    }
  }

  private Meter register(BackendMeter meter) {
    Tags labels =
        Tags.of(
            meter.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    return meter.counts()
        ? FunctionCounter.builder(meter.name(), meter, m -> m.value().getAsLong())
            .description(meter.help())
            .tags(labels)
            .register(registry)
        : Gauge.builder(meter.name(), meter, m -> m.value().getAsLong())
            .description(meter.help())
            .tags(labels)
            .register(registry);
  }

  /** Takes them out again. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    registered.forEach(registry::remove);
    registered.clear();
    measured.clear();
  }
}

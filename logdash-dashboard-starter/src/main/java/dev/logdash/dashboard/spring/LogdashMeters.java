package dev.logdash.dashboard.spring;

import dev.logdash.dashboard.HostedLogdash;
import dev.logdash.dashboard.MeterRegistration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Binds the meters of a host when its data folder is open, and takes them out at the end. */
final class LogdashMeters implements MeterBinder, AutoCloseable {

  private final HostedLogdash host;
  private final List<MeterRegistration> registrations = new CopyOnWriteArrayList<>();

  LogdashMeters(HostedLogdash host) {
    this.host = host;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    MeterRegistration registration = new MeterRegistration(registry);
    registrations.add(registration);
    host.whenOpen(registration::add);
  }

  @Override
  public void close() {
    registrations.forEach(MeterRegistration::close);
  }
}

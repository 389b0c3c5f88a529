package dev.logdash.dashboard.spring;

import dev.logdash.dashboard.HostedLogdash;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Tells logdash where it is reached, once the application listens. */
final class Announcement implements ApplicationListener<ApplicationReadyEvent> {

  private final HostedLogdash host;

  Announcement(HostedLogdash host) {
    this.host = host;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    host.announce(address(event.getApplicationContext().getEnvironment(), host.path()));
  }

  /** As the machine itself sees it; only the path where a container of its own has the port. */
  static String address(Environment environment, String path) {
    String below = environment.getProperty("server.servlet.context-path", "") + path + '/';
    String port = environment.getProperty("local.server.port");
    if (port == null) {
      return below;
    }
    boolean tls =
        environment.containsProperty("server.ssl.key-store")
            || environment.containsProperty("server.ssl.certificate")
            || environment.containsProperty("server.ssl.bundle");
    return (tls ? "https" : "http") + "://localhost:" + port + below;
  }
}

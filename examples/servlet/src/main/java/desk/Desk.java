package desk;

import dev.logdash.core.config.ConfigSource;
import dev.logdash.dashboard.HostedLogdash;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** An application in a servlet container of its own, with its logs and requests at /logdash. */
public final class Desk implements AutoCloseable {

  private final HostedLogdash logdash;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /**
   * @param port 0 for any that is free
   * @param settings of logdash, over its defaults
   */
  public Desk(int port, Map<String, String> settings) {
    logdash = HostedLogdash.builder("desk").settings(new ConfigSource("desk", settings)).start();
    connector.setPort(port);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new TicketServlet()), "/tickets/*");

    ServletHolder dashboard = new ServletHolder(logdash.servlet());
    dashboard.setAsyncSupported(true);
    context.addServlet(dashboard, logdash.path() + "/*");

    FilterHolder requests = new FilterHolder(logdash.requestFilter());
    requests.setAsyncSupported(true);
    context.addFilter(requests, "/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
  }

  /** Listens, and gives the address. */
  public URI start() throws Exception {
    server.start();
    URI address = URI.create("http://localhost:" + connector.getLocalPort() + '/');
    // From here on there is a link that makes the first administrator.
    logdash.announce(address + logdash.path().substring(1) + '/');
    return address;
  }

  HostedLogdash logdash() {
    return logdash;
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
    logdash.close();
  }

  public static void main(String[] args) throws Exception {
    Desk desk = new Desk(8080, Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(desk::close));
    desk.start();
    desk.server.join();
  }
}

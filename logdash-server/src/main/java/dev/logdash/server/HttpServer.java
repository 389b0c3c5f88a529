package dev.logdash.server;

import dev.logdash.dashboard.DashboardServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import picocli.CommandLine.ExitCode;

/** The dashboard on a port of its own. */
final class HttpServer implements AutoCloseable {

  private static final int MAX_THREADS = 64;
  private static final int MIN_THREADS = 4;
  private static final int IDLE_MILLIS = 30_000;
  private static final int HEADER_BYTES = 16 * 1024;
  private static final int MAX_CONNECTIONS_WAITING = 512;

  private final Server server;
  private final ServerConnector connector;

  private HttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Listens.
   *
   * @param port 0 for any that is free
   * @throws CommandFailed if that is not possible, with what to do about it
   */
  static HttpServer start(String host, int port, DashboardServlet dashboard) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("logdash-jetty");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(MAX_CONNECTIONS_WAITING);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/", false, false);
    ServletHolder holder = new ServletHolder(dashboard);
    holder.setAsyncSupported(true);
    holder.setInitOrder(0);
    context.addServlet(holder, "/*");
    context.setErrorHandler(new QuietErrors());
    server.setHandler(context);
    server.setErrorHandler(new QuietErrors());
    try {
      server.start();
    } catch (Exception e) {
      HttpServer failed = new HttpServer(server, connector);
      failed.close();
      throw cannotListen(host, port, e);
    }
    return new HttpServer(server, connector);
  }

  /** The port on which it listens. */
  int port() {
    return connector.getLocalPort();
  }

  /** Whether only this machine can reach an address. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new CommandFailed(
          ExitCode.USAGE, "there is no host " + host + " to listen on; --host 127.0.0.1 works", e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      server.destroy();
    }
  }

  private static CommandFailed cannotListen(String host, int port, Exception error) {
    Throwable cause = error;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    if (cause instanceof BindException) {
      return new CommandFailed(
          ExitCode.SOFTWARE, cannotBind(host, port, String.valueOf(cause.getMessage())), error);
    }
    String reason = error instanceof IOException ? CommandLines.sentence(error) : error.toString();
    return new CommandFailed(
        ExitCode.SOFTWARE, "cannot listen on " + host + ":" + port + ": " + reason, error);
  }

  /** What to do about a port, from what the system says. */
  static String cannotBind(String host, int port, String reason) {
    if (reason.contains("assign")) {
      return "this machine has no interface with the address of "
          + host
          + "; --host 127.0.0.1 works, --host 0.0.0.0 means all of them";
    }
    String where = "port " + port + " on " + host + " cannot be used (" + reason + ")";
    return reason.contains("ermission")
        ? where + "; ports below 1024 need rights of their own. --port 7070 needs none"
        : where + "; another program may have it. --port 0 takes any free one, --port N another";
  }
}

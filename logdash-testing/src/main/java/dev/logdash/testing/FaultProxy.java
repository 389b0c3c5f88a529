package dev.logdash.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that misbehaves, between a client and a server on TCP. Listens on a loopback port,
 * which it keeps while closed to clients; each fault holds for the connections there are and those
 * to come, until {@link #heal}.
 */
public final class FaultProxy implements AutoCloseable {

  private static final int BUFFER = 8 * 1024;

  private final InetSocketAddress target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong responseBytesLeft = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong requestBytes = new AtomicLong();
  private volatile long latencyMillis;
  private volatile long bytesPerSecond = Long.MAX_VALUE;
  private volatile boolean swallowsRequests;
  private volatile boolean swallowsResponses;
  private volatile ServerSocket listener;

  private FaultProxy(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.port = listener.getLocalPort();
    this.listener = listener;
    accept(listener);
  }

  /** Starts one that passes all on. */
  public static FaultProxy to(String host, int port) {
    try {
      return new FaultProxy(new InetSocketAddress(host, port), listen(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The bytes that clients have sent through it. */
  public long requestBytes() {
    return requestBytes.get();
  }

  /** Holds every piece back for a time, in both directions. */
  public void delay(long millis) {
    latencyMillis = millis;
  }

  /** Lets so many bytes a second through each direction of each connection. */
  public void throttle(long value) {
    bytesPerSecond = value;
  }

  /** Breaks the connection on which the response byte after the next n would come. */
  public void cutAfterResponseBytes(long n) {
    responseBytesLeft.set(n);
  }

  /** Connections stay open; the server hears the clients, and they hear nothing. */
  public void dropResponses() {
    swallowsResponses = true;
  }

  /** Connections stay open and nothing goes through. */
  public void blackHole() {
    swallowsRequests = true;
    swallowsResponses = true;
  }

  /** Breaks all connections. */
  public void breakConnections() {
    open.forEach(FaultProxy::closeQuietly);
  }

  /** Breaks all connections and refuses new ones until {@link #reopen}. */
  public void shut() {
    closeQuietly(listener);
    breakConnections();
  }

  /** Listens again on the same port after {@link #shut}. */
  public void reopen() {
    try {
      listener = listen(port);
      accept(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all faults. What was swallowed is lost, so connections that lost some are broken. */
  public void heal() {
    boolean lost = swallowsRequests || swallowsResponses;
    latencyMillis = 0;
    bytesPerSecond = Long.MAX_VALUE;
    responseBytesLeft.set(Long.MAX_VALUE);
    swallowsRequests = false;
    swallowsResponses = false;
    if (lost) {
      breakConnections();
    }
  }

  @Override
  public void close() {
    shut();
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private void accept(ServerSocket socket) {
    start(
        "accept",
        () -> {
          while (!socket.isClosed()) {
            Socket client = socket.accept();
            open.add(client);
            Socket server = new Socket();
            open.add(server);
            if (socket.isClosed()) {
              closeQuietly(client);
              return;
            }
            try {
              server.connect(target, 5_000);
            } catch (IOException e) {
              end(client, server);
              continue;
            }
            start("request", () -> pump(client, server, true));
            start("response", () -> pump(server, client, false));
          }
        });
  }

  private void pump(Socket from, Socket to, boolean request) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        pause(n);
        if (request) {
          requestBytes.addAndGet(n);
        }
        if (request ? swallowsRequests : swallowsResponses) {
          continue;
        }
        int passed = request ? n : (int) Math.min(n, Math.max(0, responseBytesLeft.get()));
        out.write(buffer, 0, passed);
        out.flush();
        if (!request && responseBytesLeft.get() != Long.MAX_VALUE) {
          responseBytesLeft.addAndGet(-passed);
        }
        if (passed < n) {
          return;
        }
      }
    } finally {
      end(from, to);
    }
  }

  private void pause(int bytes) {
    long millis = latencyMillis;
    long rate = bytesPerSecond;
    if (rate != Long.MAX_VALUE) {
      millis += bytes * 1_000L / rate;
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void end(Socket one, Socket other) {
    closeQuietly(one);
    closeQuietly(other);
    open.remove(one);
    open.remove(other);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more either way.
    }
  }

  private static void start(String name, Transfer transfer) {
    Thread thread =
        new Thread(
            () -> {
              try {
                transfer.run();
              } catch (IOException e) {
                // The connection is over, which is what its ends notice too.
              }
            },
            "fault-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @FunctionalInterface
  private interface Transfer {
    void run() throws IOException;
  }
}

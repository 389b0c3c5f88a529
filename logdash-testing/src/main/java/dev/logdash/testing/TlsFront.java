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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS on 127.0.0.1 for a server on TCP that does not. */
public final class TlsFront implements AutoCloseable {

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TlsFront(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /** Starts one on a free port. */
  public static TlsFront to(String host, int port, SSLContext context) {
    return to(host, port, context, false);
  }

  /** Starts one that takes clients with a certificate alone, of whom the context trusts. */
  public static TlsFront demanding(String host, int port, SSLContext context) {
    return to(host, port, context, true);
  }

  private static TlsFront to(String host, int port, SSLContext context, boolean demands) {
    try {
      SSLServerSocket listener =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      listener.setNeedClientAuth(demands);
      TlsFront front = new TlsFront(listener, new InetSocketAddress(host, port));
      start(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(listener);
    open.forEach(TlsFront::closeQuietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        start(() -> connect(client, server));
      } catch (IOException e) {
        // Closed, or a client that left.
      }
    }
  }

  private void connect(Socket client, Socket server) {
    try {
      server.connect(target, 5_000);
      start(() -> pump(server, client));
      pump(client, server);
    } catch (IOException e) {
      end(client, server);
    }
  }

  private void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // A refused handshake, or the end of either side.
    } finally {
      end(from, to);
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

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tls-front");
    thread.setDaemon(true);
    thread.start();
  }
}

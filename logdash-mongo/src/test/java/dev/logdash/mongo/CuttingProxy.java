package dev.logdash.mongo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and a server, and cuts connections when it is told to. */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> cutAfter = new AtomicReference<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile boolean down;

  CuttingProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Lets the server answer one request that has this text, and loses the answer. */
  void loseAnswerTo(String text) {
    cutAfter.set(text);
  }

  int cuts() {
    return cuts.get();
  }

  /** Cuts all connections and every new one. */
  void down() {
    down = true;
    open.forEach(CuttingProxy::cut);
  }

  void up() {
    down = false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    down();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (down) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        AtomicBoolean doomed = new AtomicBoolean();
        start("requests", () -> pump(client, server, doomed, true));
        start("answers", () -> pump(server, client, doomed, false));
      } catch (IOException e) {
        // Closed, or the server is not there: the client sees a connection that ends.
      }
    }
  }

  private void pump(Socket from, Socket to, AtomicBoolean doomed, boolean requests) {
    byte[] bytes = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        String text = cutAfter.get();
        if (requests
            && text != null
            && new String(bytes, 0, n, StandardCharsets.ISO_8859_1).contains(text)
            && cutAfter.compareAndSet(text, null)) {
          doomed.set(true);
        } else if (!requests && doomed.get()) {
          cuts.incrementAndGet();
          return;
        }
        out.write(bytes, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side is gone, so the other is closed too.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed anyway.
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}

package dev.logdash.notify;

import dev.logdash.tck.NotifierContract.Answer;
import dev.logdash.tck.NotifierContract.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on the loopback, and serves each connection on a thread of its own. */
abstract class Receiver implements AutoCloseable {

  final List<Receipt> received = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  volatile Answer answer = Answer.TAKES;

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Receiver() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  final int port() {
    return server.getLocalPort();
  }

  /** Talks to a client until it is done; the connection is then closed. */
  abstract void serve(Socket socket) throws IOException;

  /** Reads until the client has gone. */
  static void hang(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // Nothing is answered.
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        start(() -> talk(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      serve(socket);
    } catch (IOException e) {
      // The client has gone, which some tests want.
    }
    sockets.remove(socket);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends it. Idempotent. */
  final void stop() {
    closed = true;
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.logdash.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * One try to deliver. It opens sockets for the thread that tries, and any other thread can end it
 * by closing them, which is what ends a blocked read, write or handshake.
 */
final class Attempt {

  private static final int CONNECT_MILLIS = 3_000;
  static final int READ_MILLIS = 5_000;

  // A host with one dead address is still reached within the time of a delivery.
  private static final int MAX_ADDRESSES = 2;

  private final List<Socket> sockets = new ArrayList<>();
  private boolean ended;

  /** Connects to the first address that answers. */
  Socket connect(Egress.Checked host, int port) throws IOException {
    IOException failure = new IOException("no address");
    List<InetAddress> addresses = host.addresses();
    for (InetAddress address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
      CheckedSocket socket = new CheckedSocket();
      keep(socket);
      try {
        socket.open(new InetSocketAddress(address, port), CONNECT_MILLIS);
        socket.setSoTimeout(READ_MILLIS);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  synchronized boolean ended() {
    return ended;
  }

  /** Ends the try wherever it is. Idempotent. */
  synchronized void end() {
    ended = true;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no use any more, closed or not.
      }
    }
  }

  private synchronized void keep(Socket socket) throws IOException {
    sockets.add(socket);
    if (ended) {
      socket.close();
      throw new IOException("the try has ended");
    }
  }
}

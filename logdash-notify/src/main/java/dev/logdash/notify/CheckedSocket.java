package dev.logdash.notify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that is connected to a checked address before anybody gets it, uses no proxy, and reads
 * a bounded number of bytes.
 */
final class CheckedSocket extends Socket {

  /** What a receiver may answer in all, with its certificates; a usual answer has 5 KB. */
  static final int MAX_RECEIVED = 64 << 10;

  private int received;

  CheckedSocket() {
    super(Proxy.NO_PROXY);
  }

  void open(InetSocketAddress checked, int timeoutMillis) throws IOException {
    super.connect(checked, timeoutMillis);
  }

  // A library connects what a factory gives it, to an address that it has looked up itself.
  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!isConnected()) {
      throw new IOException("not connected to a checked address");
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        int read = in.read(bytes, start, length);
        count(Math.max(0, read));
        return read;
      }
    };
  }

  private void count(int bytes) throws IOException {
    received += bytes;
    if (received > MAX_RECEIVED) {
      throw new IOException("the answer is too long");
    }
  }
}

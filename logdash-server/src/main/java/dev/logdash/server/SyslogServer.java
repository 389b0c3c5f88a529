package dev.logdash.server;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.config.ConfigKey;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;
import reactor.util.retry.Retry;

/**
 * Takes syslog messages over UDP and TCP. Over TCP a sender waits while the spool is full; over UDP
 * nobody can be told to wait, and what does not fit is dropped and counted.
 */
final class SyslogServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SyslogServer.class);

  private static final int MAX_DATAGRAM = 65_536;
  private static final int DATAGRAM_BUFFER = 4 << 20;
  private static final int MAX_CONNECTIONS = 128;
  private static final int MAX_BATCH = 512;
  private static final int MAX_BATCH_BYTES = 256 * 1024;
  private static final int IDLE_MILLIS = 600_000;
  private static final Retry UNTIL_THERE_IS_ROOM =
      Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(20))
          .maxBackoff(Duration.ofSeconds(1))
          .filter(BackendException.Overloaded.class::isInstance);

  private final LogSink sink;
  private final int maxBytes;
  private final @Nullable DatagramSocket datagrams;
  private final @Nullable ServerSocket connections;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean closed;

  private SyslogServer(
      LogSink sink,
      int maxBytes,
      @Nullable DatagramSocket datagrams,
      @Nullable ServerSocket connections) {
    this.sink = sink;
    this.maxBytes = maxBytes;
    this.datagrams = datagrams;
    this.connections = connections;
  }

  /**
   * Listens where the settings say so; empty if they do not.
   *
   * @throws CommandFailed if a port cannot be used
   */
  static Optional<SyslogServer> start(LogdashConfig config, LogSink sink) {
    int udp = config.get(ConfigKeys.SYSLOG_UDP_PORT);
    int tcp = config.get(ConfigKeys.SYSLOG_TCP_PORT);
    if (udp == 0 && tcp == 0) {
      return Optional.empty();
    }
    int maxBytes = Math.toIntExact(config.get(ConfigKeys.SPOOL_MAX_RECORD_BYTES));
    String host = config.get(ConfigKeys.SYSLOG_HOST);
    return Optional.of(start(host, udp == 0 ? -1 : udp, tcp == 0 ? -1 : tcp, maxBytes, sink));
  }

  /**
   * Listens.
   *
   * @param udp a port; 0 for any that is free, negative for none
   * @param tcp as for UDP
   */
  static SyslogServer start(String host, int udp, int tcp, int maxBytes, LogSink sink) {
    DatagramSocket datagrams = null;
    try {
      InetAddress address = InetAddress.getByName(host);
      datagrams = udp < 0 ? null : bindDatagrams(address, udp);
      ServerSocket connections = tcp < 0 ? null : bindConnections(address, tcp);
      SyslogServer server = new SyslogServer(sink, maxBytes, datagrams, connections);
      server.run();
      return server;
    } catch (IOException e) {
      if (datagrams != null) {
        datagrams.close();
      }
      throw unusable(host, e);
    }
  }

  /** The port for UDP, or -1. */
  int udpPort() {
    return datagrams == null ? -1 : datagrams.getLocalPort();
  }

  /** The port for TCP, or -1. */
  int tcpPort() {
    return connections == null ? -1 : connections.getLocalPort();
  }

  /** How many messages over UDP were dropped because the spool was full. */
  long dropped() {
    return dropped.sum();
  }

  @Override
  public void close() {
    closed = true;
    if (datagrams != null) {
      datagrams.close();
    }
    try {
      if (connections != null) {
        connections.close();
      }
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.debug("A socket of syslog did not close", e);
    }
  }

  private static DatagramSocket bindDatagrams(InetAddress address, int port)
      throws SocketException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port));
    socket.setReceiveBufferSize(DATAGRAM_BUFFER);
    return socket;
  }

  private static ServerSocket bindConnections(InetAddress address, int port) throws IOException {
    return new ServerSocket(port, MAX_CONNECTIONS, address);
  }

  private static CommandFailed unusable(String host, IOException error) {
    ConfigKey<Integer> udp = ConfigKeys.SYSLOG_UDP_PORT;
    ConfigKey<Integer> tcp = ConfigKeys.SYSLOG_TCP_PORT;
    return new CommandFailed(
        ExitCode.SOFTWARE,
        "cannot take syslog on "
            + host
            + ": "
            + error.getMessage()
            + "; ports below 1024 need rights of their own, and another program may have this"
            + " one. Set "
            + udp
            + " and "
            + tcp
            + " to others, for example 5514",
        error);
  }

  private void run() {
    DatagramSocket udp = datagrams;
    if (udp != null) {
      daemon("logdash-syslog-udp", () -> receive(udp));
    }
    ServerSocket tcp = connections;
    if (tcp != null) {
      daemon("logdash-syslog-tcp", () -> accept(tcp));
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void receive(DatagramSocket socket) {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    while (!closed) {
      try {
        packet.setLength(MAX_DATAGRAM);
        socket.receive(packet);
        take(packet);
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A syslog datagram could not be received", e);
        }
      }
    }
  }

  private void take(DatagramPacket packet) {
    int length = packet.getLength();
    byte[] bytes = packet.getData();
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    if (length == 0) {
      return;
    }
    int kept = Math.min(length, maxBytes);
    Submission message = submission(Arrays.copyOf(bytes, kept), packet.getAddress(), length);
    try {
      Object unused = sink.append(List.of(message), AckLevel.ACCEPTED).block();
    } catch (BackendException e) {
      dropped.increment();
      LOG.debug("A syslog datagram was dropped", e);
    }
  }

  private void accept(ServerSocket server) {
    while (!closed) {
      try {
        Socket socket = server.accept();
        if (open.size() >= MAX_CONNECTIONS) {
          socket.close();
          continue;
        }
        open.add(socket);
        daemon("logdash-syslog-" + socket.getPort(), () -> read(socket));
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A syslog connection could not be accepted", e);
        }
      }
    }
  }

  private void read(Socket socket) {
    try (socket) {
      socket.setSoTimeout(IDLE_MILLIS);
      take(new SyslogFrames(socket.getInputStream(), maxBytes), socket.getInetAddress());
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.warn("A syslog connection from {} ends: {}", socket.getInetAddress(), e.toString());
      }
    } finally {
      open.remove(socket);
    }
  }

  // What came whole counts, in whatever way its connection ends.
  private void take(SyslogFrames frames, InetAddress peer) throws IOException {
    List<Submission> batch = new ArrayList<>();
    try {
      int bytes = 0;
      for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
        batch.add(submission(frame, peer, frames.wholeLength()));
        bytes += frame.length;
        if (batch.size() == MAX_BATCH || bytes >= MAX_BATCH_BYTES || !frames.isReady()) {
          List<Submission> full = batch;
          batch = new ArrayList<>();
          bytes = 0;
          append(full);
        }
      }
    } finally {
      append(batch);
    }
  }

  // The sender is not read from meanwhile, so that it waits too.
  private void append(List<Submission> batch) {
    if (!batch.isEmpty()) {
      Object unused = sink.append(batch, AckLevel.SPOOLED).retryWhen(UNTIL_THERE_IS_ROOM).block();
    }
  }

  private static Submission submission(byte[] message, InetAddress peer, long wholeLength) {
    Submission submission = Submission.of(message, "syslog:" + peer.getHostAddress());
    return wholeLength > message.length
        ? submission.withHeaders(Map.of(Headers.TRUNCATED, Long.toString(wholeLength)))
        : submission;
  }
}

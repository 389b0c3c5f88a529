package dev.logdash.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void startAServerThatRepeats() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  client.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                  // The next client is served all the same.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    proxy = FaultProxy.to("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void passesOnWhatBothSay() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void holdsBack() throws IOException {
    proxy.delay(60);
    try (Socket client = connect()) {
      long start = System.nanoTime();
      ask(client, "hello");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(120_000_000L);
    }
  }

  @Test
  void throttles() throws IOException {
    proxy.throttle(100);
    try (Socket client = connect()) {
      long start = System.nanoTime();
      ask(client, "0123456789");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
    }
  }

  @Test
  void cutsAnAnswer() throws IOException {
    proxy.cutAfterResponseBytes(3);
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("hel");
    }
  }

  @Test
  void swallowsAnswersUntilItHeals() throws IOException {
    proxy.dropResponses();
    try (Socket client = connect()) {
      client.setSoTimeout(100);
      assertThatThrownBy(() -> ask(client, "hello")).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.requestBytes()).isEqualTo(5);
    }
    proxy.heal();
    try (Socket client = connect()) {
      assertThat(ask(client, "again")).isEqualTo("again");
    }
  }

  @Test
  void refusesWhileItIsShut() throws IOException {
    proxy.shut();
    assertThatThrownBy(this::connect).isInstanceOf(SocketException.class);
    proxy.reopen();
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("hello");
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(10_000);
    return client;
  }

  private static String ask(Socket client, String question) throws IOException {
    client.getOutputStream().write(question.getBytes(UTF_8));
    InputStream in = client.getInputStream();
    return new String(in.readNBytes(question.length()), UTF_8);
  }
}

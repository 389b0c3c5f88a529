package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection of HTTP/1.1 whose client sends its bodies late. */
class UnreadBodyTest {

  private static final int PATIENCE_MILLIS = 30_000;

  // How long an answer that comes too early is looked for.
  private static final int EARLY_MILLIS = 200;

  @TempDir static Path folder;
  private static Host host;

  @BeforeAll
  static void start() throws Exception {
    host = new Host(folder);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, api/v1/saved-searches, 403",
    "POST, api/v1/ingest, 401",
    "POST, api/v1/nothing, 404",
    "PUT, api/v1/search, 405"
  })
  void keepsAConnectionWhoseBodyNobodyWanted(String method, String path, int status)
      throws Exception {
    try (Connection connection = new Connection()) {
      connection.send(head(method, path, "Content-Length: 5"));
      connection.expectNothingYet();
      connection.send("{   }" + head("GET", "api/v1/none", "X-Test-User: ada"));

      assertThat(connection.answer()).startsWith("HTTP/1.1 " + status + " ");
      assertThat(connection.answer()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void keepsAConnectionWhoseChunksNobodyWanted() throws Exception {
    try (Connection connection = new Connection()) {
      connection.send(head("POST", "api/v1/ingest", "Transfer-Encoding: chunked") + "2\r\n{}\r\n");
      connection.expectNothingYet();
      connection.send("0\r\n\r\n" + head("GET", "api/v1/none", "X-Test-User: ada"));

      assertThat(connection.answer()).startsWith("HTTP/1.1 401 ");
      assertThat(connection.answer()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void readsMoreOfWhoIsKnown() throws Exception {
    try (Connection connection = new Connection()) {
      int length = (int) IngestBody.MAX_SENT + 1;
      connection.send(
          head("POST", "api/v1/ingest", "X-Test-User: ada\r\nContent-Length: " + length));
      connection.expectNothingYet();
      connection.send(" ".repeat(length) + head("GET", "api/v1/none", "X-Test-User: ada"));

      assertThat(connection.answer()).startsWith("HTTP/1.1 413 ");
      assertThat(connection.answer()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void saysThatAConnectionEndsBelowABodyTooLongToWaitFor() throws Exception {
    expectTheEnd("Content-Length: " + (UnreadBody.MAX_BYTES_OF_STRANGERS + 1), 401);
    expectTheEnd("X-Test-User: ada\r\nContent-Length: " + (UnreadBody.MAX_BYTES + 1), 413);
  }

  @Test
  void asksNobodyToSendWhatIsNotWanted() throws Exception {
    expectTheEnd("Content-Length: 5\r\nExpect: 100-continue", 401);
  }

  private static void expectTheEnd(String headers, int status) throws Exception {
    try (Connection connection = new Connection()) {
      connection.send(head("POST", "api/v1/ingest", headers));

      assertThat(connection.answer())
          .startsWith("HTTP/1.1 " + status + " ")
          .containsIgnoringCase("connection: close");
    }
  }

  /** As many as may wait do; the next is answered at once. */
  @Test
  void letsFewWaitAtATime() throws Exception {
    List<Connection> slow = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Connection connection = new Connection();
      slow.add(connection);
      connection.send(head("POST", "api/v1/ingest", "Content-Length: 5"));
      connection.expectNothingYet();
    }
    expectTheEnd("Content-Length: 5", 401);
    for (Connection connection : slow) {
      connection.send("{   }");
      assertThat(connection.answer())
          .startsWith("HTTP/1.1 401 ")
          .doesNotContainIgnoringCase("connection: close");
      connection.close();
    }
  }

  private static String head(String method, String path, String header) {
    return method
        + " "
        + host.mount().getPath()
        + path
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + header
        + "\r\n\r\n";
  }

  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    Connection() throws IOException {
      socket = new Socket(host.mount().getHost(), host.mount().getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      out = socket.getOutputStream();
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(US_ASCII));
      out.flush();
    }

    void expectNothingYet() throws IOException {
      socket.setSoTimeout(EARLY_MILLIS);
      try {
        assertThat(in.readLine()).as("an answer before the end of its request").isNull();
        throw new AssertionError("the connection has ended");
      } catch (SocketTimeoutException e) {
        socket.setSoTimeout(PATIENCE_MILLIS);
      }
    }

    /** The head of the next answer, whose body is left out. */
    String answer() throws IOException {
      StringBuilder head = new StringBuilder();
      int length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
        if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      for (int i = 0; i < length; i++) {
        in.read();
      }
      return head.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

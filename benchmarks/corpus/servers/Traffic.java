import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Sends requests to a server, pipelined: {@code PORT COUNT SEED FILES AGENTS}. */
final class Traffic {

  private static final int CONNECTIONS = 4;
  private static final int PIPELINED = 25;
  private static final int MAX_LOST = 100;
  private static final String[] WORDS = {
    "Straße",
    "東京 駅",
    "ΕΛΛΑΔΑ",
    "naïve café",
    "user_id=42",
    "a.b.Class",
    "C++",
    "Москва",
    "São Paulo",
    "error 404",
    "UPPER Case",
    "50% off",
    "x/y/z",
    "日本語"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "GET", "POST", "PUT", "DELETE"};

  private final List<String> files;
  private final List<String> agents;

  private Traffic(List<String> files, List<String> agents) {
    this.files = files;
    this.agents = agents;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    Path root = Path.of(args[3]);
    List<String> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files =
          tree.filter(Files::isRegularFile)
              .filter(file -> file.toFile().length() < 4_000)
              .map(file -> root.relativize(file).toString())
              .filter(name -> name.matches("[\\w./+-]+"))
              .sorted()
              .limit(6_000)
              .toList();
    }
    Traffic traffic = new Traffic(files, Files.readAllLines(Path.of(args[4])));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Random random = new Random(Long.parseLong(args[2]) * CONNECTIONS + i);
      Thread thread =
          new Thread(
              () -> {
                try {
                  traffic.run(port, count / CONNECTIONS, random);
                } catch (IOException e) {
                  e.printStackTrace();
                  System.exit(1);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(int port, int count, Random random) throws IOException {
    int lost = 0;
    for (int done = 0; done < count; ) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        // Less than the requests after which nginx ends a connection.
        for (int round = 0; round < 30 && done < count; round++, done += PIPELINED) {
          StringBuilder requests = new StringBuilder();
          for (int i = 0; i < PIPELINED; i++) {
            request(random, requests);
          }
          socket.getOutputStream().write(requests.toString().getBytes(UTF_8));
          for (int i = 0; i < PIPELINED; i++) {
            skipResponse(in);
          }
        }
      } catch (EOFException e) {
        // A server may end a connection between requests; one that always does is broken.
        if (++lost > MAX_LOST) {
          throw e;
        }
      }
    }
  }

  private void request(Random random, StringBuilder out) {
    String method = METHODS[random.nextInt(METHODS.length)];
    String path;
    boolean file = false;
    switch (random.nextInt(8)) {
      case 0:
        path = "/api/v1/users/" + (random.nextInt(50) == 0 ? "me" : random.nextInt(1 << 20));
        break;
      case 1:
      case 2:
        path = "/api/v1/orders/" + new UUID(random.nextLong(), random.nextLong());
        break;
      case 3:
        path =
            "/api/v2/carts/"
                + Long.toHexString(random.nextLong())
                + "/items?n="
                + random.nextInt(9);
        break;
      case 4:
        String words = WORDS[random.nextInt(WORDS.length)] + " " + random.nextInt(1 << 24);
        path = "/api/v1/search?q=" + URLEncoder.encode(words, UTF_8);
        break;
      case 5:
        path =
            "/api/v1/login/user" + random.nextInt(1 << 16) + "?next=/Home_" + random.nextInt(999);
        break;
      default:
        file = true;
        path =
            "/files/" + files.get(random.nextInt(files.size())) + "?v=" + random.nextInt(1 << 20);
        break;
    }
    out.append(file ? "GET" : method)
        .append(' ')
        .append(path)
        .append(" HTTP/1.1\r\nHost: shop.example\r\n");
    out.append("User-Agent: ").append(agents.get(random.nextInt(agents.size()))).append("\r\n");
    out.append("X-Forwarded-For: ");
    if (random.nextInt(5) == 0) {
      out.append("2001:db8:")
          .append(Integer.toHexString(random.nextInt(0x10000)))
          .append("::1\r\n");
    } else {
      out.append("198.51.")
          .append(random.nextInt(256))
          .append('.')
          .append(random.nextInt(256))
          .append("\r\n");
    }
    if (random.nextInt(3) == 0) {
      out.append("Referer: https://shop.example/Katalog/")
          .append(random.nextInt(5_000))
          .append(".html\r\n");
    }
    if (random.nextInt(6) == 0 && file) {
      out.append("If-Modified-Since: Tue, 01 Jan 2030 00:00:00 GMT\r\n");
    }
    out.append("X-Trace-Id: ").append(Long.toHexString(random.nextLong())).append("\r\n");
    out.append(method.equals("GET") || file ? "\r\n" : "Content-Length: 0\r\n\r\n");
  }

  private static void skipResponse(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    long length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        throw new IOException("an answer in chunks: " + status);
      }
    }
    in.skipNBytes(status == 204 || status == 304 ? 0 : length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return new String(line.toString().getBytes(ISO_8859_1), UTF_8);
  }
}

package dev.logdash.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.tck.NotifierContract;
import dev.logdash.tck.NotifierContract.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Takes POST requests. */
class HttpReceiver extends Receiver {

  /** A request as it came. */
  record Request(String line, Map<String, String> headers, byte[] body) {

    String text() {
      return new String(body, UTF_8);
    }
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What is answered instead, if it is set: the whole of it. */
  volatile String reply;

  private final SSLContext tls;

  HttpReceiver() {
    this(null);
  }

  /**
   * @param tls what it shows; null for plain HTTP
   */
  HttpReceiver(SSLContext tls) {
    this.tls = tls;
  }

  String url() {
    return (tls == null ? "http" : "https") + "://localhost:" + port() + "/hooks/canary-of-the-url";
  }

  @Override
  void serve(Socket plain) throws IOException {
    Socket socket = tls == null ? plain : secured(plain);
    InputStream in = socket.getInputStream();
    Request request = request(in);
    requests.add(request);
    String words = NotifierContract.WORDS + ' ' + request.line() + request.headers();
    String answered = reply;
    if (answered == null) {
      switch (answer) {
        case TAKES:
          received.add(
              new Receipt(id(request), request.headers().keySet(), Json.texts(request.text())));
          answered = answer(200, words);
          break;
        case BUSY:
          answered = answer(429, words);
          break;
        case BROKEN:
          answered = answer(500, words);
          break;
        case WRONG_KEY:
          answered = answer(403, words);
          break;
        case REFUSES:
          answered = answer(400, words);
          break;
        case HALF:
          answered = "HTTP/1.1 20";
          break;
        default:
          hang(in);
          return;
      }
    }
    socket.getOutputStream().write(answered.getBytes(UTF_8));
    socket.getOutputStream().flush();
    socket.shutdownOutput();
    hang(in);
  }

  static String answer(int status, String body, String... headers) {
    StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + ' ' + body + "\r\n");
    for (String header : headers) {
      answer.append(header).append("\r\n");
    }
    answer.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n\r\n");
    return answer.append(body).toString();
  }

  private static String id(Request request) {
    String header = request.headers().get("x-logdash-notification-id");
    return header == null ? Json.idOfSlack(request.text()) : header;
  }

  private SSLSocket secured(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private static Request request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("no request");
      }
      head.write(read);
    }
    String[] lines = head.toString(ISO_8859_1).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.get("content-length"));
    return new Request(lines[0], headers, in.readNBytes(length));
  }
}

package dev.logdash.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logdash.tck.NotifierContract;
import dev.logdash.tck.NotifierContract.Answer;
import dev.logdash.tck.NotifierContract.Receipt;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Takes mail, with STARTTLS and AUTH PLAIN where it has a certificate. */
final class SmtpReceiver extends Receiver {

  /** Commands as they came, over all connections. */
  final List<String> commands = new CopyOnWriteArrayList<>();

  final List<MimeMessage> messages = new CopyOnWriteArrayList<>();

  /** Recipients that are refused, and with which code. */
  volatile String refused = "";

  volatile int refusal = 550;

  /** Whether it repeats the password that it was sent. */
  volatile boolean echoes = true;

  private final SSLContext tls;

  /**
   * @param tls what it shows after STARTTLS; null if it has none
   */
  SmtpReceiver(SSLContext tls) {
    this.tls = tls;
  }

  @Override
  void serve(Socket plain) throws IOException {
    new Talk(plain).run();
  }

  private final class Talk {

    private Socket socket;
    private String secret = "";

    Talk(Socket socket) {
      this.socket = socket;
    }

    void run() throws IOException {
      say("220 receiver ESMTP");
      String line = line();
      while (line != null && !line.equals("QUIT")) {
        commands.add(line);
        if (!obey(line)) {
          return;
        }
        line = line();
      }
    }

    private boolean obey(String line) throws IOException {
      String verb = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
      switch (verb) {
        case "EHLO":
          ehlo();
          return true;
        case "STARTTLS":
          say("220 go ahead");
          SSLSocket secured =
              (SSLSocket) tls.getSocketFactory().createSocket(socket, null, port(), true);
          secured.setUseClientMode(false);
          secured.startHandshake();
          socket = secured;
          return true;
        case "AUTH":
          secret = new String(Base64.getDecoder().decode(line.split(" ")[2]), ISO_8859_1);
          say(answer == Answer.WRONG_KEY ? "535 " + words() : "235 welcome");
          return true;
        case "MAIL":
          say(
              answer == Answer.BUSY
                  ? "452 " + words()
                  : answer == Answer.BROKEN ? "451 " + words() : "250 ok");
          return true;
        case "RCPT":
          boolean no = answer == Answer.REFUSES || (!refused.isEmpty() && line.contains(refused));
          say(no ? refusal + " " + words() : "250 ok");
          return true;
        case "DATA":
          say("354 go on");
          return take();
        default:
          say("250 ok");
          return true;
      }
    }

    private void ehlo() throws IOException {
      boolean secured = socket instanceof SSLSocket;
      say("250-receiver");
      if (tls != null) {
        say(secured ? "250-AUTH PLAIN" : "250-STARTTLS");
      }
      say("250 8BITMIME");
    }

    private boolean take() throws IOException {
      byte[] data = data();
      switch (answer) {
        case HALF:
          socket.getOutputStream().write("25".getBytes(ISO_8859_1));
          return false;
        case HANGS:
          hang(socket.getInputStream());
          return false;
        default:
          keep(data);
          say("250 taken");
          return true;
      }
    }

    private void keep(byte[] data) {
      try {
        MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(data));
        Set<String> headers = new TreeSet<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
          headers.add(header.getName().toLowerCase(Locale.ROOT));
        }
        String id = message.getHeader("X-Logdash-Notification-Id", null);
        BodyPart plain = ((MimeMultipart) message.getContent()).getBodyPart(0);
        messages.add(message);
        received.add(new Receipt(id, headers, message.getSubject() + '\n' + plain.getContent()));
      } catch (MessagingException | IOException e) {
        throw new AssertionError(e);
      }
    }

    private byte[] data() throws IOException {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      String line = line();
      while (line != null && !line.equals(".")) {
        String content = line.startsWith(".") ? line.substring(1) : line;
        data.writeBytes((content + "\r\n").getBytes(ISO_8859_1));
        line = line();
      }
      return data.toByteArray();
    }

    private String words() {
      return NotifierContract.WORDS + ' ' + (echoes ? secret.replace('\0', ' ') : "");
    }

    private void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }

    private static String withoutReturn(String line) {
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private String line() throws IOException {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int read = in.read();
      while (read >= 0 && read != '\n') {
        line.write(read);
        read = in.read();
      }
      return read < 0 ? null : withoutReturn(line.toString(ISO_8859_1));
    }
  }
}

package dev.logdash.notify;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import reactor.core.publisher.Mono;

/** Delivers notifications by SMTP, each over a connection of its own. */
final class EmailNotifier implements Notifier {

  private final EmailSettings settings;
  private final Egress egress;
  private final Courier courier;

  EmailNotifier(EmailSettings settings, Egress egress) {
    this.settings = settings;
    this.egress = egress;
    this.courier = new Courier(settings.toString());
  }

  @Override
  public Mono<Void> deliver(Notification notification) {
    NotificationIds.of(notification);
    return courier.deliver(attempt -> send(notification, attempt));
  }

  private void send(Notification notification, Attempt attempt) {
    Egress.Checked addresses = egress.check(settings.host());
    Socket socket;
    try {
      socket = attempt.connect(addresses, settings.port());
    } catch (IOException e) {
      throw ConnectionErrors.of(settings.toString(), e);
    }
    Session session = Session.getInstance(properties(socket));
    URLName server = new URLName("smtp", settings.host(), settings.port(), null, null, null);
    SMTPTransport transport = new SMTPTransport(session, server);
    try {
      EmailMessage message =
          new EmailMessage(session, notification, settings.from(), settings.to());
      if (settings.username().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(
            settings.host(), settings.port(), settings.username(), settings.password());
      }
      transport.sendMessage(message, message.getAllRecipients());
      leave(transport);
    } catch (MessagingException e) {
      boolean offersTls =
          settings.security() != EmailSettings.Security.STARTTLS
              || transport.supportsExtension("STARTTLS");
      throw SmtpErrors.of(settings.toString(), e, transport.getLastReturnCode(), offersTls);
    }
  }

  private static void leave(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // The message has been taken; the end of the attempt closes the socket.
    }
  }

  private Properties properties(Socket socket) {
    Properties properties = new Properties();
    boolean auth = !settings.username().isEmpty();
    properties.put("mail.smtp.auth", Boolean.toString(auth));
    properties.put("mail.smtp.socketFactory", new Connected(socket));
    // Without this a failure would be followed by a second try with a socket that nobody checked.
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.timeout", Integer.toString(Attempt.READ_MILLIS));
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.localhost", EmailAddress.host(settings.from()));
    // One wrong address among many does not keep the others from being told.
    properties.put("mail.smtp.sendpartial", "true");
    switch (settings.security()) {
      case STARTTLS:
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
        break;
      case TLS:
        properties.put("mail.smtp.ssl.enable", "true");
        break;
      default:
        break;
    }
    return properties;
  }

  @Override
  public void close() {
    courier.close();
  }

  @Override
  public String toString() {
    return "email to " + settings;
  }

  /** Gives out one socket that is connected already. */
  private static final class Connected extends SocketFactory {

    private final Socket socket;

    Connected(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket() {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      return socket;
    }
  }
}

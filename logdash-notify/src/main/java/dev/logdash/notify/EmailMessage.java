package dev.logdash.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.alert.Notification;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import java.util.List;

/** A notification as a message of e-mail: as text, and as a page for who sees pages. */
final class EmailMessage extends MimeMessage {

  private final String messageId;

  /**
   * Puts a notification. The same notification has the same id of message whenever it is sent, and
   * all of an episode answer one message that nobody has, so that mail programs show one thread.
   */
  EmailMessage(Session session, Notification notification, String from, List<String> to)
      throws MessagingException {
    super(session);
    String host = EmailAddress.host(from);
    messageId = "<" + NotificationIds.of(notification) + ".notification@" + host + ">";
    String episode = "<" + NotificationIds.ofEpisode(notification) + ".episode@" + host + ">";
    setFrom(address(from, "logdash"));
    for (String recipient : to) {
      addRecipient(Message.RecipientType.TO, address(recipient, ""));
    }
    setSubject(
        Words.title(notification) + (notification.repeat() ? " (repeat)" : ""), UTF_8.name());
    setSentDate(Date.from(notification.at()));
    setHeader("In-Reply-To", episode);
    setHeader("References", episode);
    setHeader("Auto-Submitted", "auto-generated");
    setHeader("X-Logdash-Notification-Id", NotificationIds.of(notification));
    setContent(new MimeMultipart("alternative", plain(notification), page(notification)));
    saveChanges();
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  private static InternetAddress address(String address, String person) {
    try {
      return new InternetAddress(address, person.isEmpty() ? null : person, UTF_8.name());
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("every Java has UTF-8", e);
    }
  }

  private static MimeBodyPart plain(Notification notification) throws MessagingException {
    StringBuilder text = new StringBuilder();
    text.append(Words.title(notification)).append("\n\n");
    text.append(Words.summary(notification)).append("\n\n");
    String note = Words.note(notification);
    if (!note.isEmpty()) {
      text.append(note).append("\n\n");
    }
    Words.facts(notification)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    List<String> lines = Words.lines(notification);
    if (!lines.isEmpty()) {
      text.append("\nNewest lines:\n");
      lines.forEach(line -> text.append(line).append('\n'));
    }
    String link = Words.link(notification);
    if (!link.isEmpty()) {
      text.append("\nOpen in logdash: ").append(link).append('\n');
    }
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.toString(), UTF_8.name(), "plain");
    return part;
  }

  private static MimeBodyPart page(Notification notification) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(EmailHtml.of(notification), UTF_8.name(), "html");
    return part;
  }
}

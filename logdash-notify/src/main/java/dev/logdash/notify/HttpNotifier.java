package dev.logdash.notify;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpException;
import reactor.core.publisher.Mono;

/** Delivers notifications as the bodies of POST requests. */
final class HttpNotifier implements Notifier {

  private final String name;
  private final HttpPlace place;
  private final Message message;
  private final Egress egress;
  private final Pause pause;
  private final Courier courier;

  HttpNotifier(String name, HttpPlace place, Message message, Egress egress, LongSupplier nanos) {
    this.name = name;
    this.place = place;
    this.message = message;
    this.egress = egress;
    this.pause = new Pause(nanos);
    this.courier = new Courier(place.toString());
  }

  /** How a notification is put. */
  interface Message {

    byte[] body(Notification notification);

    Map<String, String> headers(Notification notification, byte[] body);
  }

  @Override
  public Mono<Void> deliver(Notification notification) {
    NotificationIds.of(notification);
    return courier.deliver(attempt -> post(notification, attempt));
  }

  private void post(Notification notification, Attempt attempt) {
    pause.check(place.toString());
    Egress.Checked addresses = egress.check(place.host());
    if (!place.secure() && !addresses.named()) {
      throw new BackendException.Misconfigured(
          place + " is outside of the network and has to be told by https", null);
    }
    byte[] body = message.body(notification);
    Map<String, String> headers = message.headers(notification, body);
    HttpPost.Answer answer;
    try {
      answer = HttpPost.send(attempt, addresses, place, headers, body);
    } catch (IOException | HttpException e) {
      throw ConnectionErrors.of(place.toString(), e);
    }
    BackendException refusal = HttpErrors.of(place, answer);
    if (refusal != null) {
      pause.begin(answer.retryAfter(), answer.date());
      throw refusal;
    }
  }

  @Override
  public void close() {
    courier.close();
  }

  @Override
  public String toString() {
    return name + " to " + place;
  }
}

package dev.logdash.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import dev.logdash.tck.MutableClock;
import dev.logdash.tck.Notifications;
import java.lang.reflect.RecordComponent;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTypeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final String SECRET = "0123456789abcdef";

  private final MutableClock clock = MutableClock.atNoon();
  private final HttpReceiver receiver = new HttpReceiver();

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void signsTheTimeAndTheBody() throws GeneralSecurityException {
    clock.advance(Duration.ofMinutes(7));

    HttpReceiver.Request request = told(Map.of("secret", SECRET), Notifications.firing("n-1"));

    String time = Long.toString(clock.instant().getEpochSecond());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    String expected =
        HexFormat.of().formatHex(mac.doFinal((time + '.' + request.text()).getBytes(UTF_8)));
    assertThat(request.headers())
        .containsEntry("x-logdash-signature", "t=" + time + ",v1=" + expected)
        .containsEntry("x-logdash-notification-id", "n-1")
        .containsEntry("content-type", "application/json; charset=UTF-8");
  }

  @Test
  void signsNothingWithoutASecret() {
    HttpReceiver.Request request = told(Map.of(), Notifications.firing("n-1"));

    assertThat(request.headers()).doesNotContainKeys("x-logdash-signature", "authorization");
  }

  @Test
  void showsWhoAsks() {
    HttpReceiver.Request request =
        told(Map.of("authorization", "Bearer 5dbf6a0c"), Notifications.firing("n-1"));

    assertThat(request.headers()).containsEntry("authorization", "Bearer 5dbf6a0c");
  }

  @Test
  void sendsEveryFieldOfANotification() {
    Map<String, Object> json = json(told(Map.of(), Notifications.firing("n-1")));

    assertThat(json)
        .containsKeys(
            Arrays.stream(Notification.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new))
        .hasSize(Notification.class.getRecordComponents().length + 1)
        .containsEntry("version", "1")
        .containsEntry("kind", "firing")
        .containsEntry("urgency", "critical")
        .containsEntry("repeat", "false")
        .containsEntry("value", "12.4")
        .containsEntry("matches", "1234")
        .containsEntry("group", Map.of("route", "/pay"))
        .containsEntry("since", "2026-11-23T12:00:00Z");
    assertThat(Json.array(json.get("lines")))
        .hasSize(3)
        .first()
        .isEqualTo(
            Map.of(
                "time", "2026-11-23T11:59:57Z",
                "service", "checkout",
                "severity", "error",
                "severity_number", "17",
                "text", "payment failed for order 7"));
  }

  @Test
  void leavesTextAsItIs() {
    for (String naughty : Notifications.NAUGHTY) {
      Map<String, Object> json = json(told(Map.of(), Notifications.withText("n-1", naughty)));

      String expected = VisibleText.repair("checkout errors" + naughty);
      if (expected.length() > 4_000) {
        assertThat(json.get("rule").toString()).hasSize(4_000).endsWith("…");
      } else {
        assertThat(json).containsEntry("rule", expected);
      }
    }
  }

  @Test
  void refusesSecretsThatGuessingFinds() {
    WebhookType type = new WebhookType(NotifyPolicy.EXTERNAL_ONLY, clock);

    for (Map<String, String> settings :
        List.of(Map.of("secret", "short-canary"), Map.of("authorization", "Bearer canäry"))) {
      Map<String, String> all = new HashMap<>(settings);
      all.put("url", "https://example.com/");
      assertThatThrownBy(() -> type.open(all))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContainingAny("canary", "canäry");
    }
  }

  @Test
  void isFoundLikeTheOthers() {
    assertThat(ServiceLoader.load(NotifierType.class))
        .extracting(NotifierType::name)
        .containsExactlyInAnyOrder("email", "slack", "webhook");
  }

  private HttpReceiver.Request told(Map<String, String> more, Notification notification) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("url", receiver.url());
    NotifyPolicy policy = NotifyPolicy.allowing(List.of("127.0.0.0/8", "::1"));
    try (Notifier notifier = new WebhookType(policy, clock).open(settings)) {
      notifier.deliver(notification).block(PATIENCE);
    }
    return receiver.requests.get(receiver.requests.size() - 1);
  }

  private static Map<String, Object> json(HttpReceiver.Request request) {
    return Json.object(Json.parse(request.text()));
  }
}

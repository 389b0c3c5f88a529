package dev.logdash.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON for a program of one's own, by HTTP. docs/alerts.md has its schema and its signature. */
public final class WebhookType implements NotifierType {

  private static final int MIN_SECRET = 16;
  private static final String ALGORITHM = "HmacSHA256";

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              "url", true, true, "Where it is posted to, such as https://example.com/hooks/logs"),
          new Setting(
              "secret",
              false,
              true,
              "Signs each message, so that the receiver knows who sent it; 16 characters or more,"
                  + " such as the output of: openssl rand -hex 32"),
          new Setting(
              "authorization", false, true, "The header Authorization, such as: Bearer 5dbf6a0c"));

  private final Egress egress;
  private final LongSupplier nanos;
  private final Clock clock;

  /** Tells receivers outside of the network only, and signs with the time of the machine. */
  public WebhookType() {
    this(NotifyPolicy.EXTERNAL_ONLY, Clock.systemUTC());
  }

  /**
   * @param clock gives the time that is signed
   */
  public WebhookType(NotifyPolicy policy, Clock clock) {
    this(new Egress(policy), System::nanoTime, clock);
  }

  WebhookType(Egress egress, LongSupplier nanos, Clock clock) {
    this.egress = egress;
    this.nanos = nanos;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public Notifier open(Map<String, String> settings) {
    Settings values = new Settings(SETTINGS, settings);
    HttpPlace place = HttpPlace.parse("url", values.get("url"));
    String secret = values.get("secret");
    if (!secret.isEmpty() && secret.length() < MIN_SECRET) {
      throw new IllegalArgumentException("secret has fewer than " + MIN_SECRET + " characters");
    }
    String authorization = values.get("authorization");
    if (authorization.chars().anyMatch(c -> c > '~')) {
      throw new IllegalArgumentException("authorization has characters outside of ASCII");
    }
    Signed message = new Signed(secret, authorization, clock);
    return new HttpNotifier(name(), place, message, egress, nanos);
  }

  private static final class Signed implements HttpNotifier.Message {

    private final WebhookJson json = new WebhookJson();
    private final String secret;
    private final String authorization;
    private final Clock clock;

    Signed(String secret, String authorization, Clock clock) {
      this.secret = secret;
      this.authorization = authorization;
      this.clock = clock;
    }

    @Override
    public byte[] body(Notification notification) {
      return json.write(notification);
    }

    @Override
    public Map<String, String> headers(Notification notification, byte[] body) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("X-Logdash-Notification-Id", NotificationIds.of(notification));
      if (!authorization.isEmpty()) {
        headers.put("Authorization", authorization);
      }
      if (!secret.isEmpty()) {
        long time = clock.instant().getEpochSecond();
        headers.put("X-Logdash-Signature", "t=" + time + ",v1=" + signature(time, body));
      }
      return headers;
    }

    /** Over the time as well, so that a receiver can refuse what somebody recorded. */
    private String signature(long time, byte[] body) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
        mac.update((time + ".").getBytes(UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new AssertionError("every Java has HMAC with SHA-256, for any key", e);
      }
    }
  }
}

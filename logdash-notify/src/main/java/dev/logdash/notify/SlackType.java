package dev.logdash.notify;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Messages in a channel of Slack, by an incoming webhook. */
public final class SlackType implements NotifierType {

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              "url",
              true,
              true,
              "The address of an incoming webhook, such as"
                  + " https://hooks.slack.com/services/T000/B000/XXXX"));

  private final Egress egress;
  private final LongSupplier nanos;

  /** Tells receivers outside of the network only. */
  public SlackType() {
    this(NotifyPolicy.EXTERNAL_ONLY);
  }

  public SlackType(NotifyPolicy policy) {
    this(new Egress(policy), System::nanoTime);
  }

  SlackType(Egress egress, LongSupplier nanos) {
    this.egress = egress;
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public Notifier open(Map<String, String> settings) {
    Settings values = new Settings(SETTINGS, settings);
    HttpPlace place = HttpPlace.parse("url", values.get("url"));
    return new HttpNotifier(name(), place, new Blocks(), egress, nanos);
  }

  private static final class Blocks implements HttpNotifier.Message {

    private final SlackBlocks blocks = new SlackBlocks();

    @Override
    public byte[] body(Notification notification) {
      return blocks.write(notification);
    }

    @Override
    public Map<String, String> headers(Notification notification, byte[] body) {
      return Map.of();
    }
  }
}

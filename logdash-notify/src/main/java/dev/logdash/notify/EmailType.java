package dev.logdash.notify;

import dev.logdash.api.alert.Notifier;
import dev.logdash.api.alert.NotifierType;
import java.util.List;
import java.util.Map;

/** E-mail by SMTP. TLS is required unless the settings say otherwise. */
public final class EmailType implements NotifierType {

  private final Egress egress;

  /** Sends by mail servers outside of the network only. */
  public EmailType() {
    this(NotifyPolicy.EXTERNAL_ONLY);
  }

  public EmailType(NotifyPolicy policy) {
    this(new Egress(policy));
  }

  EmailType(Egress egress) {
    this.egress = egress;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public List<Setting> settings() {
    return EmailSettings.SETTINGS;
  }

  @Override
  public Notifier open(Map<String, String> settings) {
    return new EmailNotifier(EmailSettings.parse(settings), egress);
  }
}

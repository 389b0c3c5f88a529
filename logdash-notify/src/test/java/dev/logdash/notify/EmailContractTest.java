package dev.logdash.notify;

import dev.logdash.api.alert.NotifierType;
import dev.logdash.tck.NotifierContract;
import java.util.List;
import java.util.Map;

class EmailContractTest extends NotifierContract {

  @Override
  protected Subject newSubject() {
    SmtpReceiver receiver = new SmtpReceiver(Certificates.of(Certificates.LOCALHOST));
    NotifyPolicy policy = NotifyPolicy.allowing(List.of("localhost"));
    return new Subject() {
      @Override
      public NotifierType type() {
        return new EmailType(policy);
      }

      @Override
      public Map<String, String> settings() {
        return Map.of(
            "host", "localhost",
            "port", Integer.toString(receiver.port()),
            "username", "ada",
            "password", "canary-of-the-password",
            "from", "logdash@example.com",
            "to", "ops@example.com");
      }

      @Override
      public List<Receipt> received() {
        return receiver.received;
      }

      @Override
      public void answer(Answer answer) {
        receiver.answer = answer;
      }

      @Override
      public void stop() {
        receiver.close();
      }
    };
  }
}

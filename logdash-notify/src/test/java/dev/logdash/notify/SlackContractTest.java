package dev.logdash.notify;

import dev.logdash.api.alert.NotifierType;
import dev.logdash.tck.NotifierContract;
import java.util.List;
import java.util.Map;

class SlackContractTest extends NotifierContract {

  @Override
  protected Subject newSubject() {
    HttpReceiver receiver = new HttpReceiver(Certificates.of(Certificates.LOCALHOST));
    NotifyPolicy policy = NotifyPolicy.allowing(List.of("localhost"));
    return new Subject() {
      @Override
      public NotifierType type() {
        return new SlackType(policy);
      }

      @Override
      public Map<String, String> settings() {
        return Map.of("url", receiver.url());
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

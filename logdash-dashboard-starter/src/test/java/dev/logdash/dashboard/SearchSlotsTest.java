package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class SearchSlotsTest {

  private final Scheduler scheduler = Schedulers.newSingle("searches", true);
  private final SearchSlots slots = new SearchSlots(scheduler, Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    scheduler.dispose();
  }

  @Test
  void keepsAnAnswerForWhoAsksForItLater() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    BaseSubscriber<String> late =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(Subscription subscription) {}

          @Override
          protected void hookOnNext(String answer) {
            heard.add(answer);
          }

          @Override
          protected void hookOnComplete() {
            heard.add("end");
          }
        };
    slots.run("ada", Mono.just("found")).subscribe(late);
    CountDownLatch answered = new CountDownLatch(1);
    scheduler.schedule(answered::countDown);
    assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();

    late.request(1);

    assertThat(heard).containsExactly("found", "end");
  }

  @Test
  void saysThatThereIsNoAnswer() {
    assertThat(slots.run("ada", Mono.empty()).hasElement().block()).isFalse();
  }
}

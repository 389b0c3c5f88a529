package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.tck.LogEvents;
import org.junit.jupiter.api.Test;

class BulkBodiesTest {

  private final BulkBodies bodies = new BulkBodies();

  @Test
  void givesOutWhatCameBackEmpty() {
    BulkBody body = bodies.take(100);
    body.create(0, "logs", LogEvents.event(1).build(), 1_000);
    bodies.giveBack(body);

    assertThat(bodies.take(100)).isSameAs(body);
    assertThat(body.lines().count()).isZero();
    assertThat(body.lines().length()).isZero();
    assertThat(bodies.take(100)).isNotSameAs(body);
  }

  @Test
  void keepsNoHoldOfLargeBodiesOrManyBodies() {
    BulkBody large = bodies.take(5 << 20);
    bodies.giveBack(large);
    assertThat(bodies.take(100)).isNotSameAs(large);

    BulkBody last = bodies.take(100);
    for (int i = 0; i < 4; i++) {
      bodies.giveBack(new BulkBody(100));
    }
    bodies.giveBack(last);
    for (int i = 0; i < 5; i++) {
      assertThat(bodies.take(100)).isNotSameAs(last);
    }
  }
}

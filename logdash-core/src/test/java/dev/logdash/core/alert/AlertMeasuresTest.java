package dev.logdash.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertMeasuresTest {

  private AlertWorld world;
  private AlertWorld.Rule rule;

  @BeforeEach
  void setUp() {
    world = new AlertWorld();
    rule = new AlertWorld.Rule().channels(world.channel("on call"));
    rule.query = "";
    rule.threshold = 0;
  }

  @AfterEach
  void tearDown() {
    world.close();
  }

  private Notification told(String group) {
    return world.sent.stream()
        .filter(one -> one.kind() == Notification.Kind.FIRING)
        .filter(one -> one.group().containsValue(group))
        .findFirst()
        .orElseThrow();
  }

  private void log(String field, Object value, String message) {
    Attributes attributes = Attributes.builder().putValue(field, value).build();
    world.log("cart", Severity.INFO, message, attributes);
  }

  @Test
  void countsAndShowsTheEventsOfAGroupAloneWhereOthersBeginAlike() {
    rule.groupBy = List.of("url.path");
    String rare = "/" + "a".repeat(300) + "/rare";
    String frequent = "/" + "a".repeat(300) + "/frequent";
    for (int i = 0; i < 3; i++) {
      log("url.path", rare, "rare " + i);
    }
    for (int i = 0; i < 250; i++) {
      log("url.path", frequent, "frequent " + i);
    }
    world.add(rule);
    world.pass(Duration.ofSeconds(16));

    assertThat(told(rare).matches()).isEqualTo(3);
    assertThat(told(rare).lines())
        .extracting(Notification.Line::text)
        .containsExactly("rare 2", "rare 1", "rare 0");
    assertThat(told(frequent).matches()).isEqualTo(250);
    assertThat(told(frequent).lines())
        .hasSize(10)
        .allSatisfy(line -> assertThat(line.text()).startsWith("frequent"));
  }

  @Test
  void tellsGroupsApartThatDifferInCaseAlone() {
    rule.groupBy = List.of("service");
    world.errors("Cart", 1);
    world.errors("cart", 2);
    world.add(rule);
    world.pass(Duration.ofSeconds(16));

    assertThat(told("Cart").matches()).isEqualTo(1);
    assertThat(told("Cart").lines()).hasSize(1);
    assertThat(told("cart").matches()).isEqualTo(2);
  }

  @Test
  void takesAPercentileOfAllEventsOfTheWindow() {
    rule.kind = AlertRule.Kind.PERCENTILE;
    rule.field = "took";
    rule.percentile = 0.9;
    rule.threshold = 100;
    rule.groupBy = List.of();
    for (int i = 0; i < 2_000; i++) {
      log("took", 200L, "slow");
    }
    world.clock.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 10_000; i++) {
      log("took", 10L, "fast");
    }
    world.add(rule);
    world.pass(Duration.ofSeconds(16));

    assertThat(world.sent).singleElement().extracting(Notification::value).isEqualTo(200.0);
  }

  @Test
  void takesAPercentileOfFractionsAndOfNumbersBelowZero() {
    rule.kind = AlertRule.Kind.PERCENTILE;
    rule.field = "drift";
    rule.percentile = 0.5;
    rule.threshold = -0.5;
    rule.op = ">=";
    rule.groupBy = List.of("service");
    log("drift", -0.25, "behind");
    world.log("payment", Severity.INFO, "no number");
    world.add(rule);
    world.pass(Duration.ofSeconds(16));

    assertThat(world.sent).singleElement().extracting(Notification::value).isEqualTo(-0.25);
  }

  @Test
  void previewsAPercentileOncePerWindow() {
    rule.kind = AlertRule.Kind.PERCENTILE;
    rule.field = "took";
    rule.percentile = 0.5;
    rule.threshold = 100;
    rule.groupBy = List.of();
    for (long took : List.of(10L, 300L, 20L)) {
      for (int i = 0; i < 3; i++) {
        log("took", took * (i + 1), "took");
        world.clock.advance(Duration.ofSeconds(10));
      }
    }

    AlertPreview.Result result =
        world
            .service
            .preview()
            .run(world.root, rule.build(), AlertWorld.NOON + 30, AlertWorld.NOON + 90)
            .block();

    assertThat(result.points())
        .containsExactly(
            new AlertPreview.Point(AlertWorld.NOON + 30, 20),
            new AlertPreview.Point(AlertWorld.NOON + 60, 600),
            new AlertPreview.Point(AlertWorld.NOON + 90, 40));
    assertThat(result.firings())
        .singleElement()
        .extracting(AlertPreview.Firing::from)
        .isEqualTo(AlertWorld.NOON + 60);
  }
}

package dev.logdash.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.Severity;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.rollup.DurationSketch;
import dev.logdash.core.rollup.RollupDefinitions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class AlertingServiceTest {

  private AlertWorld world;
  private String channel;

  @BeforeEach
  void setUp() {
    world = new AlertWorld();
    channel = world.channel("on call");
  }

  @AfterEach
  void tearDown() {
    world.close();
  }

  private AlertWorld.Rule rule() {
    return new AlertWorld.Rule().channels(channel);
  }

  @Test
  void tellsOnceThatItFiresAndOnceThatItIsOverWithLinesAndALink() {
    world.add(rule());
    world.errors("cart", 2);
    world.errors("payment", 5);
    world.pass(Duration.ofMinutes(3));

    assertThat(world.kinds()).containsExactly("FIRING [payment]", "RESOLVED [payment]");
    Notification firing = world.sent.get(0);
    Notification resolved = world.sent.get(1);
    assertThat(firing.value()).isEqualTo(5);
    assertThat(firing.matches()).isEqualTo(5);
    assertThat(firing.lines()).hasSize(5);
    assertThat(firing.lines().get(0).text()).isEqualTo("failure 4 of payment");
    assertThat(firing.condition()).isEqualTo("count of level:error > 2 in 30s");
    assertThat(firing.note()).isEqualTo("look at the database");
    assertThat(firing.link().toString())
        .startsWith("https://logs.example.com/logdash/explore?from=2026-11-23T11:59:40Z&to=")
        .contains("&q=");
    assertThat(resolved.episode()).isEqualTo(firing.episode());
    assertThat(resolved.id()).isNotEqualTo(firing.id());
    assertThat(resolved.lines()).hasSize(5);
    assertThat(resolved.link()).isNotNull();
    assertThat(world.sent).noneMatch(Notification::repeat);
    assertThat(world.alerts(Episode.State.FIRING)).isEmpty();
    assertThat(world.alerts(Episode.State.RESOLVED))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.group()).isEqualTo(Map.of("service.name", "payment"));
              assertThat(alert.episode().messages()).allMatch(Message::isDone);
            });
  }

  @Test
  void waitsForAsLongAsTheRuleSays() {
    AlertWorld.Rule patient = rule();
    patient.hold = "1m";
    world.add(patient);
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.alerts(Episode.State.PENDING)).hasSize(1);
    world.pass(Duration.ofSeconds(40));
    assertThat(world.alerts(Episode.State.PENDING)).isEmpty();
    assertThat(world.sent).isEmpty();

    for (int i = 0; i < 9; i++) {
      world.errors("cart", 5);
      world.pass(Duration.ofSeconds(10));
    }
    assertThat(world.kinds()).containsExactly("FIRING [cart]");
    assertThat(world.alerts(Episode.State.FIRING)).hasSize(1);
  }

  @Test
  void doesNotFlap() {
    AlertWorld.Rule quick = rule();
    quick.window = "10s";
    world.add(quick);
    for (int i = 0; i < 6; i++) {
      world.errors("cart", 5);
      world.pass(Duration.ofSeconds(20));
    }

    assertThat(world.kinds()).containsExactly("FIRING [cart]");
  }

  @Test
  void comparesSharesRatesAndPercentiles() {
    AlertWorld.Rule share = rule();
    share.kind = AlertRule.Kind.RATIO;
    share.of = "service:cart";
    share.threshold = 0.5;
    share.op = ">=";
    share.groupBy = List.of();
    AlertWorld.Rule rate = rule();
    rate.kind = AlertRule.Kind.RATE;
    rate.query = "";
    rate.threshold = 0.3;
    rate.groupBy = List.of();
    AlertWorld.Rule slow = rule();
    slow.kind = AlertRule.Kind.PERCENTILE;
    slow.query = "";
    slow.threshold = 90e6;
    slow.groupBy = List.of();
    world.add(share);
    world.add(rate);
    world.add(slow);

    world.errors("cart", 3);
    world.errors("payment", 3);
    for (int i = 1; i <= 3; i++) {
      Attributes took = Attributes.builder().put("event.duration", i * 50_000_000L).build();
      world.log("cart", Severity.INFO, "fine", took);
    }
    world.pass(Duration.ofSeconds(20));

    assertThat(world.sent)
        .extracting(Notification::condition)
        .containsExactlyInAnyOrder(
            "share of level:error in service:cart >= 50 % in 30s",
            "p95 of event.duration of all events > 90 ms in 30s");
    assertThat(world.sent)
        .extracting(Notification::value)
        .satisfiesExactlyInAnyOrder(
            value -> assertThat(value).isEqualTo(50),
            value -> assertThat(value).isBetween(99.0, 102.0));
    world.errors("cart", 4);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.sent)
        .extracting(Notification::condition)
        .contains("rate of all events > 0.3 /s in 30s");
  }

  @Test
  void watchesTheStatisticsOfRequests() {
    AlertWorld.Rule failed = rule();
    failed.source = AlertRule.Source.REQUESTS;
    failed.kind = AlertRule.Kind.RATIO;
    failed.query = "http.route:/pay";
    failed.threshold = 0.2;
    AlertWorld.Rule slow = rule();
    slow.source = AlertRule.Source.REQUESTS;
    slow.kind = AlertRule.Kind.PERCENTILE;
    slow.query = "";
    slow.threshold = 1e9;
    world.add(failed);
    world.add(slow);
    requests("payment", "/pay", 500, 30, 2_000_000_000L);
    requests("payment", "/pay", 200, 70, 10_000_000L);
    requests("cart", "/add", 500, 10, 10_000_000L);
    world.pass(Duration.ofSeconds(20));

    assertThat(world.kinds()).containsOnly("FIRING [payment]").hasSize(2);
    assertThat(world.sent)
        .extracting(Notification::value)
        .satisfiesExactlyInAnyOrder(
            value -> assertThat(value).isEqualTo(30),
            value -> assertThat(value).isBetween(1_980.0, 2_020.0));
  }

  private void requests(String service, String route, int status, int count, long nanos) {
    DurationSketch sketch = new DurationSketch();
    for (int i = 0; i < count; i++) {
      sketch.add(nanos);
    }
    CellKey key =
        new CellKey(
            RollupDefinitions.REQUESTS,
            10,
            AlertWorld.NOON,
            List.of(service, route, "GET", Integer.toString(status)),
            new PartitionId("1f2e3d4c5b6a7988", 0));
    Cell cell = new Cell(key, 1, count, status >= 500 ? count : 0, count * nanos, sketch.encode());
    world.rollups.write(List.of(new CellWrite(CellWrite.ABSENT, cell))).block();
  }

  @Test
  void noticesWhatStopsButNotWhatItselfMissed() {
    AlertWorld.Rule silent = rule();
    silent.kind = AlertRule.Kind.ABSENCE;
    silent.query = "";
    world.add(silent);
    world.log("cart", Severity.INFO, "still here");
    world.log("payment", Severity.INFO, "here too");
    world.pass(Duration.ofSeconds(35));
    world.log("cart", Severity.INFO, "still here");
    assertThat(world.sent).isEmpty();
    world.pass(Duration.ofSeconds(15));

    assertThat(world.kinds()).containsExactly("FIRING [payment]");
    assertThat(world.sent.get(0).lines()).extracting("text").containsExactly("here too");
    assertThat(world.sent.get(0).matches()).isZero();

    world.clock.advance(Duration.ofMinutes(5));
    world.restart(2);
    world.log("cart", Severity.INFO, "back with the process");
    world.pass(Duration.ofSeconds(25));
    assertThat(world.kinds()).containsExactly("FIRING [payment]");
    world.pass(Duration.ofSeconds(30));
    assertThat(world.kinds()).containsExactly("FIRING [payment]", "FIRING [cart]");
  }

  @Test
  void goesOnBehindARestartAsIfThereHadBeenNone() {
    AlertWorld.Rule patient = rule();
    patient.hold = "40s";
    patient.window = "5m";
    world.add(patient);
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(25));
    world.service.close();
    world.clock.advance(Duration.ofSeconds(60));
    world.service = world.open(2);
    world.pass(Duration.ofSeconds(1));

    assertThat(world.kinds()).containsExactly("FIRING [cart]");
    assertThat(world.sent.get(0).since()).isEqualTo(world.at(50));
    world.restart(3);
    world.pass(Duration.ofMinutes(10));
    assertThat(world.kinds()).containsExactly("FIRING [cart]", "RESOLVED [cart]");
  }

  @Test
  void countsTheTicksThatItDoesNotCatchUp() {
    world.add(rule());
    world.pass(Duration.ofSeconds(70));
    world.clock.advance(Duration.ofHours(1));
    world.pass(Duration.ofSeconds(1));

    assertThat(world.service.counts().skipped()).isBetween(260L, 275L);
  }

  @Test
  void twoProcessesTellOnce() {
    world.add(rule());
    AlertingService other = world.open(2);
    world.errors("cart", 5);
    for (int i = 0; i < 200; i++) {
      world.clock.advance(Duration.ofSeconds(1));
      world.service.round().block();
      other.round().block();
    }
    other.close();

    assertThat(world.kinds()).containsExactly("FIRING [cart]", "RESOLVED [cart]");
  }

  @Test
  void sendsAgainWhatAProcessThatDiedHadClaimedAndSaysSo() {
    world.add(rule());
    world.receiver = notification -> Mono.never();
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));
    assertThat(world.service.isSending()).isTrue();

    world.restart(2);
    world.receiver = notification -> Mono.empty();
    world.pass(Duration.ofSeconds(20));
    assertThat(world.sent).isEmpty();
    world.pass(Duration.ofSeconds(20));

    assertThat(world.sent.get(0).kind()).isEqualTo(Notification.Kind.FIRING);
    assertThat(world.sent.get(0).repeat()).isTrue();
  }

  @Test
  void triesAgainWhatCanBeHelpedAndGivesUpWhatCannot() {
    world.add(rule());
    int[] attempts = {0};
    world.receiver =
        notification ->
            ++attempts[0] <= 3
                ? Mono.error(new BackendException.Unavailable("no answer", null))
                : Mono.empty();
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));
    assertThat(world.sent).isEmpty();
    assertThat(delivery(Episode.State.FIRING).reason()).isEqualTo("no answer");
    world.pass(Duration.ofMinutes(3));
    assertThat(world.kinds()).containsExactly("FIRING [cart]", "RESOLVED [cart]");
    assertThat(world.service.counts().retried()).isEqualTo(3);

    world.receiver = n -> Mono.error(new BackendException.Rejected("no such person", null));
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(30));
    assertThat(delivery(Episode.State.FIRING).status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(world.service.counts().failed()).isEqualTo(1);
  }

  @Test
  void givesUpADayLater() {
    AlertWorld.Rule lasting = rule();
    lasting.window = "1d";
    world.add(lasting);
    world.receiver = n -> Mono.error(new BackendException.Misconfigured("wrong password", null));
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));
    for (int i = 0; i < 24 * 6 + 2; i++) {
      world.clock.advance(Duration.ofMinutes(10));
      world.service.round().block();
    }

    assertThat(delivery(Episode.State.RESOLVED).status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(delivery(Episode.State.RESOLVED).reason()).isEqualTo("wrong password");
  }

  private Delivery delivery(Episode.State state) {
    return world
        .alerts(state)
        .get(0)
        .episode()
        .message(Notification.Kind.FIRING)
        .deliveries()
        .get(0);
  }

  @Test
  void aSlowChannelKeepsNobodyElseWaiting() {
    String slow = world.channel("slow");
    world.add(rule().channels(slow, channel));
    boolean[] first = {true};
    world.receiver =
        notification -> {
          boolean hangs = first[0];
          first[0] = false;
          return hangs ? Mono.never() : Mono.empty();
        };
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));

    assertThat(world.kinds()).containsExactly("FIRING [cart]");
  }

  @Test
  void keepsQuietWhileSilencedAndTellsWhatStillFiresThen() {
    AlertRule rule = world.add(rule());
    world
        .service
        .silences()
        .add(world.root, rule.id(), Map.of("service.name", "cart"), world.at(60), "deploy")
        .block();
    world.errors("payment", 5);
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(40));
    assertThat(world.kinds()).containsExactly("FIRING [payment]");
    assertThat(world.alerts(Episode.State.FIRING)).hasSize(2);
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(30));

    assertThat(world.kinds()).contains("FIRING [cart]");
  }

  @Test
  void tellsNobodyOfWhatBeganAndEndedInSilence() {
    AlertRule rule = world.add(rule());
    world.service.silences().add(world.root, rule.id(), Map.of(), world.at(3_600), "").block();
    world.errors("cart", 5);
    world.pass(Duration.ofMinutes(3));

    assertThat(world.sent).isEmpty();
    assertThat(world.alerts(Episode.State.RESOLVED)).hasSize(1);
    assertThat(delivery(Episode.State.RESOLVED).status()).isEqualTo(Delivery.Status.SILENCED);
  }

  @Test
  void tellsThatItIsOverWhenItsRuleIsTurnedOffOrRemoved() {
    AlertRule removed = world.add(rule());
    AlertWorld.Rule second = rule();
    second.query = "level:>=error";
    AlertRule off = world.add(second);
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));
    assertThat(world.kinds()).containsExactly("FIRING [cart]", "FIRING [cart]");

    world.service.rules().remove(world.root, removed.id()).block();
    AlertRule same = world.service.rules().find(world.root, off.id()).block();
    world.service.rules().change(world.root, enabled(same, false)).block();
    world.pass(Duration.ofSeconds(3));

    assertThat(world.kinds())
        .containsExactly("FIRING [cart]", "FIRING [cart]", "RESOLVED [cart]", "RESOLVED [cart]");
    world.pass(Duration.ofSeconds(3));
    assertThat(world.alerts(Episode.State.RESOLVED)).hasSize(2);
    assertThat(world.documents.list("alert-rule-removed/", "", 9).collectList().block()).isEmpty();
  }

  private static AlertRule enabled(AlertRule rule, boolean enabled) {
    return new AlertRule(
        rule.id(),
        rule.version(),
        rule.owner(),
        rule.name(),
        rule.dataset(),
        rule.query(),
        rule.measure(),
        rule.comparison(),
        rule.threshold(),
        rule.window(),
        rule.hold(),
        rule.groupBy(),
        rule.urgency(),
        rule.channels(),
        rule.note(),
        enabled);
  }

  @Test
  void seesWhatItsOwnerSeesAndSaysSoWhenThatIsNothing() {
    Actor bob = world.actor("bob", "service:cart");
    AlertRule rule = world.service.rules().add(bob, rule().build()).block();
    world.errors("cart", 5);
    world.errors("payment", 5);
    world.pass(Duration.ofSeconds(16));
    assertThat(world.kinds()).containsExactly("FIRING [cart]");

    world.users.remove("bob");
    world.pass(Duration.ofSeconds(10));
    assertThat(world.service.problems().block().get(rule.id())).contains("may not see logs");
  }

  @Test
  void hidesTheRulesOfOthersFromWhoeverSeesAPart() {
    Actor bob = world.actor("bob", "service:cart");
    AlertRule roots = world.add(rule());
    AlertRule bobs = world.service.rules().add(bob, rule().build()).block();
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));

    assertThat(world.service.rules().list(bob).collectList().block())
        .extracting(AlertRule::id)
        .containsExactly(bobs.id());
    assertThat(world.service.rules().find(bob, roots.id()).block()).isNull();
    assertThat(world.service.rules().remove(bob, roots.id()).block()).isFalse();
    assertThat(world.service.alerts(bob, Episode.State.FIRING, 9).collectList().block())
        .extracting(alert -> alert.rule().id())
        .containsExactly(bobs.id());
    assertThat(world.alerts(Episode.State.FIRING)).hasSize(2);
    assertThatThrownBy(
            () -> world.service.silences().add(bob, roots.id(), Map.of(), world.at(99), "").block())
        .hasMessageContaining("no such rule");
  }

  @Test
  void refusesRulesThatCanNeverBeEvaluated() {
    AlertWorld.Rule wrong = rule();
    wrong.query = "level:(";
    assertThatThrownBy(() -> world.add(wrong)).isInstanceOf(QuerySyntaxException.class);
    AlertWorld.Rule byWords = rule();
    byWords.groupBy = List.of("message");
    assertThatThrownBy(() -> world.add(byWords)).hasMessageContaining("no values to group by");
    AlertWorld.Rule requests = rule();
    requests.source = AlertRule.Source.REQUESTS;
    requests.query = "user.id:7";
    assertThatThrownBy(() -> world.add(requests)).hasMessageContaining("user.id");
  }

  @Test
  void noticesThatSomebodyElseChangedARule() {
    AlertRule rule = world.add(rule());
    world.service.rules().change(world.root, enabled(rule, false)).block();

    assertThatThrownBy(() -> world.service.rules().change(world.root, rule).block())
        .isInstanceOf(StaleVersionException.class);
  }

  @Test
  void goesOnWhereSomeDocumentsCannotBeRead() {
    world.documents.put("alert-rule/broken", 0, "{").block();
    world.documents.put("alert-silence/broken", 0, "{\"until\":\"soon\"}").block();
    world.documents.put("alert-channel/broken", 0, "[]").block();
    AlertRule other = world.add(rule());
    world.documents.put("alert-state/" + other.id(), 0, "{\"format\":99}").block();
    world.add(rule());
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));

    assertThat(world.kinds()).containsExactly("FIRING [cart]");
    assertThat(world.service.channels().list(world.root).collectList().block()).hasSize(1);
  }

  @Test
  void endsGroupsThatARuleHasNoMore() {
    AlertRule rule = world.add(rule());
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));
    AlertWorld.Rule whole = rule();
    whole.groupBy = List.of();
    AlertRule changed = whole.build();
    world.service.rules().change(world.root, withIdOf(rule, changed)).block();
    world.pass(Duration.ofSeconds(15));

    assertThat(world.kinds()).startsWith("FIRING [cart]", "RESOLVED []");
    assertThat(world.alerts(Episode.State.FIRING))
        .allSatisfy(alert -> assertThat(alert.group()).isEmpty());
  }

  private static AlertRule withIdOf(AlertRule stored, AlertRule changed) {
    return new AlertRule(
        stored.id(),
        stored.version(),
        stored.owner(),
        changed.name(),
        changed.dataset(),
        changed.query(),
        changed.measure(),
        changed.comparison(),
        changed.threshold(),
        changed.window(),
        changed.hold(),
        changed.groupBy(),
        changed.urgency(),
        changed.channels(),
        changed.note(),
        changed.enabled());
  }

  @Test
  void tellsNobodyThatItIsOverWhoWasNotToldThatItFires() {
    world.add(rule());
    world.receiver = n -> Mono.error(new BackendException.Rejected("not like this", null));
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));
    world.receiver = notification -> Mono.empty();
    world.pass(Duration.ofMinutes(3));

    assertThat(world.sent).isEmpty();
    assertThat(world.alerts(Episode.State.RESOLVED)).hasSize(1);
  }

  @Test
  void aRetryIsNoRepeat() {
    world.add(rule());
    boolean[] down = {true};
    world.receiver =
        notification ->
            down[0] ? Mono.error(new BackendException.Unavailable("away", null)) : Mono.empty();
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));
    down[0] = false;
    world.pass(Duration.ofSeconds(20));

    assertThat(world.sent).singleElement().matches(one -> !one.repeat());
  }

  @Test
  void keepsASecretOnlyForTheReceiverThatItWasEnteredFor() {
    AlertChannel made =
        world
            .service
            .channels()
            .save(
                world.root,
                new AlertChannel(
                    "",
                    0,
                    "test",
                    "secret one",
                    Map.of("to", "ada", "host", "good.example", "token", "s3cret")))
            .block();
    assertThat(made.settings()).containsEntry("token", AlertChannel.HIDDEN);
    assertThat(world.documents.list("alert-", "", 99).map(Object::toString).collectList().block())
        .noneMatch(document -> document.contains("s3cret"));

    AlertChannel moved = with(made, Map.of("to", "bob", "host", "good.example", "token", "***"));
    AlertChannel saved = world.service.channels().save(world.root, moved).block();
    world.service.channels().test(world.root, made.id()).block();
    assertThat(world.token).isEqualTo("s3cret");
    assertThat(world.sent).hasSize(1);

    AlertChannel stolen = with(saved, Map.of("to", "bob", "host", "evil.example", "token", "***"));
    assertThatThrownBy(() -> world.service.channels().save(world.root, stolen).block())
        .hasMessageContaining("enter token again");
  }

  @Test
  void aLostKeyStopsOnlyWhatNeedsIt() {
    AlertChannel made =
        world
            .service
            .channels()
            .save(
                world.root,
                new AlertChannel("", 0, "test", "c", Map.of("to", "ada", "token", "s3cret")))
            .block();
    world.key = new byte[SecretBox.KEY_BYTES];
    world.key[0] = 1;
    world.restart(2);

    assertThat(world.service.channels().list(world.root).collectList().block()).hasSize(2);
    assertThatThrownBy(() -> world.service.channels().test(world.root, made.id()).block())
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("enter it again");
    AlertChannel again = with(made, Map.of("to", "ada", "token", "another"));
    world.service.channels().save(world.root, again).block();
    world.service.channels().test(world.root, made.id()).block();
    assertThat(world.token).isEqualTo("another");
  }

  private static AlertChannel with(AlertChannel channel, Map<String, String> settings) {
    return new AlertChannel(
        channel.id(), channel.version(), channel.kind(), channel.name(), settings);
  }

  @Test
  void aSilenceHoldsForTicksThatAreCaughtUpWhenItIsOver() {
    AlertRule rule = world.add(rule());
    world.pass(Duration.ofSeconds(16));
    world.service.silences().add(world.root, rule.id(), Map.of(), world.at(90), "").block();
    world.errors("cart", 5);
    world.service.close();
    world.clock.advance(Duration.ofSeconds(150));
    world.service = world.open(2);
    world.pass(Duration.ofSeconds(10));

    assertThat(world.alerts(Episode.State.RESOLVED)).hasSize(1);
    assertThat(world.sent).isEmpty();
  }

  @Test
  void aChannelThatTakesNothingDoesNotHideNewGroupsFromTheOthers() {
    String broken = world.channel("broken");
    world.down.add("broken");
    AlertWorld.Rule any = rule().channels(broken, channel);
    any.threshold = 0;
    any.window = "10s";
    world.add(any);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 60; i++) {
        world.log("s" + round + "-" + i, Severity.ERROR, "x");
      }
      world.pass(Duration.ofSeconds(200));
    }

    assertThat(world.sent.stream().filter(one -> one.kind() == Notification.Kind.FIRING).count())
        .isEqualTo(180);
  }

  @Test
  void refusesAPreviewThatWouldBeTooMuch() {
    AlertWorld.Rule wide = rule();
    wide.window = "1d";
    for (int i = 0; i < 360; i++) {
      world.log("s" + i, Severity.ERROR, "x");
    }

    assertThatThrownBy(
            () ->
                world
                    .service
                    .preview()
                    .run(world.root, wide.build(), AlertWorld.NOON - 86_400, AlertWorld.NOON + 240)
                    .block())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too many groups");
  }

  @Test
  void aPreviewIsWhatWouldHaveBeenTold() {
    AlertWorld.Rule patient = rule();
    patient.hold = "20s";
    world.add(patient);
    for (int i = 0; i < 12; i++) {
      if (i % 6 < 4) {
        world.errors("cart", 3);
      }
      world.pass(Duration.ofSeconds(20));
    }
    world.pass(Duration.ofMinutes(3));
    long end = AlertWorld.NOON + 420;

    AlertPreview.Result result =
        world.service.preview().run(world.root, patient.build(), AlertWorld.NOON, end).block();

    assertThat(result.firings())
        .extracting(AlertPreview.Firing::from)
        .isEqualTo(
            world.sent.stream()
                .filter(one -> one.kind() == Notification.Kind.FIRING)
                .map(one -> one.since().getEpochSecond())
                .toList())
        .isNotEmpty();
    assertThat(result.firings())
        .extracting(AlertPreview.Firing::to)
        .isEqualTo(
            world.sent.stream()
                .filter(one -> one.kind() == Notification.Kind.RESOLVED)
                .map(one -> one.at().getEpochSecond())
                .toList());
  }

  @Test
  void nobodyInheritsTheRulesOfSomebodyWhoIsGone() {
    Actor bob = world.actor("bob", "service:cart");
    world.service.rules().add(bob, rule().build()).block();
    world.errors("cart", 5);
    world.pass(Duration.ofSeconds(16));

    world.service.forget("bob").block();
    world.pass(Duration.ofSeconds(5));

    assertThat(world.kinds()).containsExactly("FIRING [cart]", "RESOLVED [cart]");
    assertThat(world.service.rules().list(bob).collectList().block()).isEmpty();
  }

  @Test
  void watchesABoundedNumberOfGroups() {
    AlertWorld.Rule any = rule();
    any.threshold = 0;
    world.add(any);
    for (int i = 0; i < 130; i++) {
      world.log("s" + i, Severity.ERROR, "x");
    }
    world.pass(Duration.ofSeconds(16));

    assertThat(world.alerts(Episode.State.FIRING)).hasSize(RuleState.MAX_EPISODES);
  }
}

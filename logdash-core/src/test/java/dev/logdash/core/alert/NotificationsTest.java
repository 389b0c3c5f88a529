package dev.logdash.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.query.QueryParser;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationsTest {

  private static final Instant FROM = Instant.parse("2026-11-23T12:00:00Z");

  private static AlertRule rule(String query) {
    AlertWorld.Rule rule = new AlertWorld.Rule();
    rule.query = query;
    rule.groupBy = List.of("url.path");
    return rule.build();
  }

  @Test
  void asksForTheGroupAsLongAsThatCanBeAsked() {
    AlertRule rule = rule("level:error");
    String around = Notifications.query(rule, List.of("/"));
    String path = "/" + "a".repeat(QueryParser.MAX_LENGTH - around.length());

    String longest = Notifications.query(rule, List.of(path));

    assertThat(longest).hasSize(QueryParser.MAX_LENGTH).contains(path);
    assertThat(Measuring.filter(longest, 0)).isEqualTo(Measuring.filter(rule, List.of(path), 0));
    assertThat(Notifications.query(rule, List.of(path + "a"))).isEqualTo("level:error");
  }

  @Test
  void linksToTheQueryOfTheRuleWhereThatOfTheGroupIsTooLong() {
    AlertRule rule = rule("message:\"" + "a b ".repeat(1_000) + "\"");
    String query = Notifications.query(rule, List.of("/" + "a".repeat(200)));

    URI link =
        Notifications.link(
            URI.create("https://logs.example.com"), rule, query, FROM, FROM.plusSeconds(30));

    assertThat(query).isEqualTo(rule.query());
    assertThat(link.toString())
        .startsWith("https://logs.example.com/explore?from=2026-11-23T12:00:00Z&to=")
        .contains("&q=message%3A%22a+b+");
  }
}

package dev.logdash.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutesTest {

  @Test
  void replacesSegmentsThatNameOneThingOfMany() {
    is("/users/42", "/users/{id}");
    is("/users/42/", "/users/{id}/");
    is("/a/6f9619ff-8b86-d011-b42d-00cf4fc964ff/b", "/a/{id}/b");
    is("/blob/9E3779B97F4A7C15", "/blob/{id}");
    is("/v1/cafe/decade", "/v1/cafe/decade");
    is("/deadbeef", "/deadbeef");
    is("/", "/");
    is("", "");
    is("//", "//");
    is("/a-1/1-2", "/a-1/1-2");
  }

  @Test
  void boundsTheLength() {
    assertThat(Routes.of("/a".repeat(40))).isEqualTo("/a".repeat(32) + "/*");
    assertThat(Routes.of("/" + "x".repeat(10_000))).isEqualTo("/*");
    assertThat(Routes.of("/a/" + "x".repeat(10_000))).isEqualTo("/a/*");
  }

  private static void is(String path, String route) {
    assertThat(Routes.of(path)).isEqualTo(route);
  }
}

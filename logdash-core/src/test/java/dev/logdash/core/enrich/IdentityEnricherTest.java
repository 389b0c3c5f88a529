package dev.logdash.core.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityEnricherTest {

  private static final String ID = "4f2a".repeat(16);

  @ParameterizedTest
  @CsvSource({
    "kubernetes.pod_name, cart-7d-x2, kubernetes.pod.name, cart-7d-x2",
    "k8s.pod.name, cart-7d-x2, kubernetes.pod.name, cart-7d-x2",
    "kubernetes.namespace_name, shop, kubernetes.namespace, shop",
    "kubernetes.container_name, cart, container.name, cart",
    "container_name, /web, container.name, web",
    "kubernetes.container.image, shop/cart:3, container.image.name, shop/cart:3",
    "kubernetes.container_image, shop/cart:3, container.image.name, shop/cart:3",
    "container_id, containerd://4f2a, container.id, 4f2a",
    "kubernetes.host, node-3, host.hostname, node-3",
    "host.name, node-3, host.hostname, node-3",
    "process.executable.name, java, process.name, java"
  })
  void namesWhatShippersNameOtherwise(String field, String value, String name, String expected) {
    Attributes given = Attributes.builder().put(field, value).build();

    Attributes enriched = enrich(given, "").attributes();

    assertThat(enriched.text(name)).isEqualTo(expected);
    assertThat(enriched.text(field)).isEqualTo(value);
  }

  @Test
  void takesTheServiceFromLabelsBeforeTheContainer() {
    Attributes.Builder pod =
        Attributes.builder().put("kubernetes.container_name", "main").put("k8s.pod.name", "p");
    LogEvent contained = enrich(pod.build(), "");
    LogEvent labelled = enrich(pod.put("kubernetes.labels.app", "cart").build(), "");
    LogEvent named =
        enrich(pod.put("kubernetes.labels.app.kubernetes.io/name", "shop-cart").build(), "");

    assertThat(contained.service()).isEqualTo("main");
    assertThat(labelled.service()).isEqualTo("cart");
    assertThat(named.service()).isEqualTo("shop-cart");
  }

  @Test
  void keepsWhatTheEventSays() {
    Attributes given =
        Attributes.builder()
            .put("host.name", "node-3")
            .put("host.hostname", "own")
            .put("container.name", "mine")
            .put("container_name", "other")
            .build();
    LogEvent event = LogEvent.builder("e").service("own").attributes(given).build();

    assertThat(new IdentityEnricher().enrich(event)).isEqualTo(event);
  }

  @Test
  void readsThePathOfAPod() {
    LogEvent event =
        enrich(Attributes.empty(), "/var/log/pods/shop_cart-7d-x2_0a1b2c3d-e4f5/cart/0.log");

    assertThat(event.service()).isEqualTo("cart");
    assertThat(event.attributes())
        .isEqualTo(
            Attributes.builder()
                .put("container.name", "cart")
                .put("kubernetes.pod.name", "cart-7d-x2")
                .put("kubernetes.namespace", "shop")
                .build());
  }

  @Test
  void readsThePathOfAContainer() {
    Attributes file =
        Attributes.builder()
            .put("log.file.path", "/var/log/containers/cart-7d-x2_shop_my-cart-" + ID + ".log")
            .build();

    LogEvent event = enrich(file, "elsewhere.log");

    assertThat(event.service()).isEqualTo("my-cart");
    assertThat(event.attributes().text("container.id")).isEqualTo(ID);
    assertThat(event.attributes().text("kubernetes.namespace")).isEqualTo("shop");
  }

  @Test
  void readsThePathOfDocker() {
    LogEvent event =
        enrich(Attributes.empty(), "/var/lib/docker/containers/" + ID + "/" + ID + "-json.log");

    assertThat(event.attributes()).isEqualTo(Attributes.builder().put("container.id", ID).build());
    assertThat(event.service()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/var/log/app.log",
        "/var/log/pods/x",
        "/var/log/pods/a_b/c/0.log",
        "/var/log/containers/a_b_c.log",
        "/var/lib/docker/containers/abc/abc-json.log"
      })
  void leavesOtherPathsAlone(String path) {
    LogEvent event = LogEvent.builder("e").source(path).build();

    assertThat(new IdentityEnricher().enrich(event)).isEqualTo(event);
  }

  @Test
  void knowsNothingOfThisMachine() {
    LogEvent event = LogEvent.builder("e").message("m").build();

    assertThat(new IdentityEnricher().enrich(event)).isEqualTo(event);
  }

  private static LogEvent enrich(Attributes attributes, String source) {
    return new IdentityEnricher()
        .enrich(LogEvent.builder("e").source(source).attributes(attributes).build());
  }
}

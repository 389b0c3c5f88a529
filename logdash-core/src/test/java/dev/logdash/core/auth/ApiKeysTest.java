package dev.logdash.core.auth;

import static dev.logdash.core.auth.Access.PATIENCE;
import static dev.logdash.core.auth.Access.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.UnauthenticatedException;
import dev.logdash.tck.TestCredentials;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

  private final Access access = new Access();
  private final ApiKeys keys = access.control.apiKeys();
  private final ApiKeys.Created key = get(keys.create(access.root, "shipper", "web"));

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void mayWriteToItsDatasetAndDoNothingElse() {
    Principal principal = ask("Bearer " + key.token()).orElseThrow();

    assertThat(principal.mayWrite("web")).isTrue();
    assertThat(principal.mayWrite("default")).isFalse();
    assertThat(principal.scopes()).containsOnlyKeys(Permission.INGEST);
  }

  @Test
  void comesAlsoAsShippersForElasticsearchSendIt() {
    String pair = key.token().substring("ldk_".length()).replaceFirst("_", ":");
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));

    assertThat(ask("ApiKey " + encoded)).isPresent();
    assertThat(ask("basic " + encoded)).isPresent();
    assertThatThrownBy(() -> ask("ApiKey " + encoded.substring(4)))
        .isInstanceOf(UnauthenticatedException.class);
    assertThatThrownBy(() -> ask("ApiKey %%%")).isInstanceOf(UnauthenticatedException.class);
  }

  @Test
  void leavesOtherSchemesToOthers() {
    assertThat(ask("Bearer eyJhbGciOiJub25lIn0.e30.")).isEmpty();
    assertThat(ask("Basic " + Base64.getEncoder().encodeToString("ada:pw".getBytes(UTF_8))))
        .isEmpty();
    assertThat(ask("Negotiate x")).isEmpty();
  }

  @Test
  void storesOnlyTheHashOfTheSecret() {
    String secret = key.token().substring(key.token().length() - 43);

    assertThat(access.store.list("", "", 100).collectList().block(PATIENCE))
        .noneMatch(document -> (document.key() + document.body()).contains(secret));
    assertThat(key.toString()).doesNotContain(secret);
    assertThat(access.audited().toString()).doesNotContain(secret).contains("API_KEY_ADDED");
  }

  @Test
  void isListedWithoutItsSecret() {
    assertThat(keys.list(access.root).collectList().block(PATIENCE)).containsExactly(key.key());
    assertThat(key.key().by()).isEqualTo("root");
  }

  @Test
  void isForADatasetThatCanExist() {
    assertThatThrownBy(() -> get(keys.create(access.root, "x", "../web")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<Principal> ask(String header) {
    return keys.authenticator()
        .authenticate(TestCredentials.none().header("Authorization", header))
        .blockOptional(PATIENCE);
  }
}

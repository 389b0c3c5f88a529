package dev.logdash.dashboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2PasswordHasherTest {

  private final Argon2PasswordHasher hasher = new Argon2PasswordHasher(new Random(1));

  /** Known answers of the reference implementation, phc-winner-argon2 src/test.c. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
      })
  void agreesWithTheReferenceImplementation(String hash) {
    assertThat(hasher.verify("password", hash)).isTrue();
    assertThat(hasher.verify("Password", hash)).isFalse();
    assertThat(hasher.isOutdated(hash)).isTrue();
  }

  @Test
  void verifiesItsOwnHashesOfAnyText() {
    for (String password :
        new String[] {"correct horse battery", "日é\u0000🚀 ", "x".repeat(1_024)}) {
      String hash = hasher.hash(password);

      assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(password);
      assertThat(hasher.verify(password, hash)).isTrue();
      assertThat(hasher.verify(password.substring(0, password.length() - 1), hash)).isFalse();
      assertThat(hasher.isOutdated(hash)).isFalse();
    }
  }

  @Test
  void saltsEachHash() {
    assertThat(hasher.hash("correct horse battery"))
        .isNotEqualTo(hasher.hash("correct horse battery"));
  }

  @Test
  void hasADecoyOfTheCurrentFormThatNoPasswordHas() {
    assertThat(hasher.decoy()).hasSameSizeAs(hasher.hash("correct horse battery"));
    assertThat(hasher.isOutdated(hasher.decoy())).isFalse();
    assertThat(hasher.verify("", hasher.decoy())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2id$",
        "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=99,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void takesNothingForAHashThatIsNoneOrAsksForTooMuch(String hash) {
    assertThat(hasher.verify("password", hash)).isFalse();
  }

  @Test
  void isNeverWeakerThanTheDefault() {
    assertThatThrownBy(() -> new Argon2PasswordHasher(19_455, 2, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2PasswordHasher(19_456, 1, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

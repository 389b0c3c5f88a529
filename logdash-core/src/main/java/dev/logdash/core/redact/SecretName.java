package dev.logdash.core.redact;

import org.jspecify.annotations.Nullable;

/** Names that say of a value that it is secret, matched against the end of a field's name. */
enum SecretName {
  PASSWORD("password", false, Kind.CERTAIN),
  PASSWD("passwd", false, Kind.CERTAIN),
  PASSPHRASE("passphrase", false, Kind.CERTAIN),
  PASSCODE("passcode", false, Kind.CERTAIN),
  PWD("pwd", false, Kind.CERTAIN),
  PASS("pass", true, Kind.LIKELY),
  SECRET("secret", false, Kind.CERTAIN),
  API_KEY("api key", false, Kind.CERTAIN),
  ACCESS_KEY("access key", false, Kind.CERTAIN),
  SECRET_KEY("secret key", false, Kind.CERTAIN),
  PRIVATE_KEY("private key", false, Kind.CERTAIN),
  ENCRYPTION_KEY("encryption key", false, Kind.CERTAIN),
  SIGNING_KEY("signing key", false, Kind.CERTAIN),
  ACCOUNT_KEY("account key", false, Kind.CERTAIN),
  CARD_CODE("cvv", true, Kind.CERTAIN),
  CARD_CODE_2("cvc", true, Kind.CERTAIN),
  TOKEN("token", false, Kind.LIKELY),
  SESSION_ID("session id", false, Kind.LIKELY),
  SESSION_ID_SHORT("sess id", false, Kind.LIKELY),
  CREDENTIAL("credential", false, Kind.LIKELY),
  CREDENTIALS("credentials", false, Kind.LIKELY),
  AUTHORIZATION("authorization", true, Kind.SCHEME_AND_TOKEN),
  COOKIE("cookie", true, Kind.REST_OF_LINE);

  /** How the value behind the name is taken. */
  enum Kind {
    /** Whatever it is. */
    CERTAIN,
    /** If it is not a small number and, in prose, looks random: these names have other uses. */
    LIKELY,
    /** Two words, of which the first may name a scheme. */
    SCHEME_AND_TOKEN,
    /** All of the header. */
    REST_OF_LINE
  }

  private final String words;
  private final boolean bounded;
  private final Kind kind;

  SecretName(String words, boolean bounded, Kind kind) {
    this.words = words;
    this.bounded = bounded;
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  static boolean mayEndWith(int b) {
    int lower = Ascii.lower(b);
    for (SecretName name : ALL) {
      if (name.words.charAt(name.words.length() - 1) == lower) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name that ends in two such bytes is worth a closer look. */
  static boolean mayEndWith(int beforeLast, int last) {
    return ENDINGS[(beforeLast & 0x1F) << 5 | (last & 0x1F)];
  }

  /**
   * @param surely whether the place allows no other reading, so that compounds count too
   */
  static @Nullable SecretName of(FieldName field, boolean surely) {
    for (SecretName name : ALL) {
      if (field.endsWith(name.words, name.bounded || !surely)) {
        return name;
      }
    }
    return null;
  }

  private static final SecretName[] ALL = values();
  // By the lower five bits of the last two letters, which fold case.
  private static final boolean[] ENDINGS = endings();

  private static boolean[] endings() {
    boolean[] endings = new boolean[1 << 10];
    for (SecretName name : ALL) {
      int last = name.words.length() - 1;
      endings[(name.words.charAt(last - 1) & 0x1F) << 5 | (name.words.charAt(last) & 0x1F)] = true;
    }
    return endings;
  }
}

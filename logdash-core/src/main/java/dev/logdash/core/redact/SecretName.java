package dev.logdash.core.redact;

import java.util.Arrays;
import java.util.List;
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
  SIGNATURE("signature", true, Kind.LONG),
  SIGNATURE_SHORT("sig", true, Kind.LONG),
  AUTHORIZATION("authorization", true, Kind.SCHEME_AND_TOKEN),
  COOKIE("cookie", true, Kind.REST_OF_LINE);

  /** How the value behind the name is taken. */
  enum Kind {
    /** Whatever it is. */
    CERTAIN,
    /** If it is not a small number and, in prose, looks random: these names have other uses. */
    LIKELY,
    /** If it has 32 characters or more behind an equals sign, as in an address that lets in. */
    LONG,
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

  /** Whether a name whose last letter stands at a place is worth a closer look. */
  static boolean mayEndAt(byte[] text, int start, int last) {
    if (last - 2 < start) {
      return false;
    }
    int ending = ending(text[last - 2], text[last - 1], text[last]);
    if ((ENDINGS[ending >>> 6] & (1L << ending)) == 0) {
      return false;
    }
    for (SecretName name : BY_ENDING[ending]) {
      if (FieldName.startOf(name.words, text, start, last + 1) >= 0) {
        return true;
      }
    }
    return false;
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
  private static final SecretName[][] BY_ENDING = byEnding();
  // A bit for each ending with names: small enough to stay in the cache.
  private static final long[] ENDINGS = endings();

  private static long[] endings() {
    long[] endings = new long[BY_ENDING.length / 64];
    for (int ending = 0; ending < BY_ENDING.length; ending++) {
      endings[ending >>> 6] |= BY_ENDING[ending].length > 0 ? 1L << ending : 0;
    }
    return endings;
  }

  private static SecretName[][] byEnding() {
    SecretName[] none = {};
    SecretName[][] names = new SecretName[1 << 15][];
    Arrays.fill(names, none);
    for (SecretName name : ALL) {
      for (String separator : List.of("", "_", "-", ".")) {
        String written = name.words.replace(" ", separator);
        int last = written.length() - 1;
        int ending =
            ending(written.charAt(last - 2), written.charAt(last - 1), written.charAt(last));
        SecretName[] others = names[ending];
        if (!List.of(others).contains(name)) {
          names[ending] = Arrays.copyOf(others, others.length + 1);
          names[ending][others.length] = name;
        }
      }
    }
    return names;
  }

  /** The lower five bits of each, which fold case. */
  private static int ending(int first, int second, int third) {
    return (first & 0x1F) << 10 | (second & 0x1F) << 5 | (third & 0x1F);
  }
}

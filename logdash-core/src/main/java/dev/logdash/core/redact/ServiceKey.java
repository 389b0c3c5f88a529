package dev.logdash.core.redact;

import java.util.ArrayList;
import java.util.List;

/** Keys and tokens of services, which their makers begin with a prefix of their own. */
enum ServiceKey {
  AWS("AKIA", 16, 16, Letters.BASE_32),
  AWS_TEMPORARY("ASIA", 16, 16, Letters.BASE_32),
  GOOGLE("AIza", 35, 35, Letters.BASE_64),
  GITHUB("ghp_", 36, 255, Letters.ALPHANUMERIC),
  GITHUB_OAUTH("gho_", 36, 255, Letters.ALPHANUMERIC),
  GITHUB_USER("ghu_", 36, 255, Letters.ALPHANUMERIC),
  GITHUB_SERVER("ghs_", 36, 255, Letters.ALPHANUMERIC),
  GITHUB_REFRESH("ghr_", 36, 255, Letters.ALPHANUMERIC),
  GITHUB_FINE("github_pat_", 60, 255, Letters.BASE_64),
  GITLAB("glpat-", 20, 300, Letters.BASE_64),
  SLACK_APP("xapp-", 20, 255, Letters.BASE_64),
  SLACK_BOT("xoxb-", 20, 255, Letters.BASE_64),
  SLACK_USER("xoxp-", 20, 255, Letters.BASE_64),
  SLACK_WORKSPACE("xoxa-", 20, 255, Letters.BASE_64),
  SLACK_SESSION("xoxs-", 20, 255, Letters.BASE_64),
  SLACK_REFRESH("xoxr-", 20, 255, Letters.BASE_64),
  SLACK_EXPIRING("xoxe-", 20, 255, Letters.BASE_64),
  STRIPE("sk_live_", 16, 255, Letters.ALPHANUMERIC),
  STRIPE_TEST("sk_test_", 16, 255, Letters.ALPHANUMERIC),
  STRIPE_RESTRICTED("rk_live_", 16, 255, Letters.ALPHANUMERIC),
  STRIPE_RESTRICTED_TEST("rk_test_", 16, 255, Letters.ALPHANUMERIC),
  STRIPE_WEBHOOK("whsec_", 24, 255, Letters.ALPHANUMERIC),
  NPM("npm_", 36, 36, Letters.ALPHANUMERIC),
  PYPI("pypi-AgEI", 50, 500, Letters.BASE_64),
  DOCKER("dckr_pat_", 27, 27, Letters.BASE_64),
  DIGITAL_OCEAN("dop_v1_", 64, 64, Letters.ALPHANUMERIC),
  SHOPIFY("shpat_", 32, 32, Letters.ALPHANUMERIC),
  HUGGING_FACE("hf_", 34, 34, Letters.ALPHANUMERIC),
  GRAFANA("glsa_", 41, 41, Letters.BASE_64),
  ANTHROPIC("sk-ant-", 80, 255, Letters.BASE_64),
  OPENAI("sk-proj-", 40, 255, Letters.BASE_64);

  /** What stands behind the prefix. */
  private enum Letters {
    BASE_32 {
      @Override
      boolean have(int b) {
        return Ascii.isUpper(b) || (b >= '2' && b <= '7');
      }
    },
    ALPHANUMERIC {
      @Override
      boolean have(int b) {
        return Ascii.isAlphanumeric(b);
      }
    },
    BASE_64 {
      @Override
      boolean have(int b) {
        return Ascii.isBase64Url(b);
      }
    };

    abstract boolean have(int b);
  }

  private static final ServiceKey[][] BY_FIRST_LETTER = byFirstLetter();

  private final String prefix;
  private final int least;
  private final int most;
  private final Letters letters;

  ServiceKey(String prefix, int least, int most, Letters letters) {
    this.prefix = prefix;
    this.least = least;
    this.most = most;
    this.letters = letters;
  }

  /** The end of the key that begins at a place, or -1. */
  static int end(byte[] text, int from, int end) {
    byte first = text[from];
    if (first < 0) {
      return -1;
    }
    for (ServiceKey key : BY_FIRST_LETTER[first]) {
      if (key.isAt(text, from, end)) {
        return key.endOf(text, from, end);
      }
    }
    return -1;
  }

  private boolean isAt(byte[] text, int from, int end) {
    if (end - from < prefix.length() + least) {
      return false;
    }
    for (int i = 1; i < prefix.length(); i++) {
      if (text[from + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Random letters have a digit or both cases among them, words put together have neither. */
  private int endOf(byte[] text, int from, int end) {
    int i = from + prefix.length();
    int limit = Math.min(end, i + most + 1);
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    while (i < limit && Ascii.isBase64Url(text[i])) {
      if (!letters.have(text[i])) {
        return -1;
      }
      digit |= Ascii.isDigit(text[i]);
      upper |= Ascii.isUpper(text[i]);
      lower |= Ascii.isLower(text[i]);
      i++;
    }
    int length = i - from - prefix.length();
    boolean random = digit || (upper && lower);
    return random && length >= least && length <= most ? i : -1;
  }

  private static ServiceKey[][] byFirstLetter() {
    ServiceKey[][] keys = new ServiceKey[128][];
    for (int letter = 0; letter < keys.length; letter++) {
      List<ServiceKey> those = new ArrayList<>();
      for (ServiceKey key : values()) {
        if (key.prefix.charAt(0) == letter) {
          those.add(key);
        }
      }
      keys[letter] = those.toArray(ServiceKey[]::new);
    }
    return keys;
  }
}

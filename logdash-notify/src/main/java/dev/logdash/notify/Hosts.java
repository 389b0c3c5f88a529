package dev.logdash.notify;

import java.util.Locale;

/** Names of hosts as they stand in settings and addresses. */
final class Hosts {

  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL = 63;

  private Hosts() {}

  /** The spelling in which names are compared: lower case, without the dot of the root. */
  static String canonical(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a text is a name of ASCII labels; international names are written in punycode. */
  static boolean isName(String text) {
    String name = canonical(text);
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    int label = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        if (label == 0 || name.charAt(i - 1) == '-') {
          return false;
        }
        label = 0;
      } else {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        boolean fits = letter || c == '_' || (c == '-' && label > 0);
        if (!fits || ++label > MAX_LABEL) {
          return false;
        }
      }
    }
    return label > 0 && name.charAt(name.length() - 1) != '-';
  }
}

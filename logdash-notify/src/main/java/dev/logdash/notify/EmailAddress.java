package dev.logdash.notify;

import java.util.ArrayList;
import java.util.List;

/** Addresses of e-mail as {@code name@host}, in ASCII, without quotes, comments or names. */
final class EmailAddress {

  private static final int MAX_LENGTH = 254;
  private static final int MAX_LOCAL = 64;
  private static final int MAX_RECIPIENTS = 50;
  private static final String LOCAL_MARKS = "!#$%&'*+/=?^_`{|}~-.";

  private EmailAddress() {}

  /** Looks at each character once. */
  static boolean isAddress(String text) {
    int at = text.lastIndexOf('@');
    if (text.length() > MAX_LENGTH || at < 1 || at > MAX_LOCAL) {
      return false;
    }
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean lonelyDot = c == '.' && (i == 0 || i == at - 1 || text.charAt(i - 1) == '.');
      if ((!letter && LOCAL_MARKS.indexOf(c) < 0) || lonelyDot) {
        return false;
      }
    }
    String host = text.substring(at + 1);
    return Hosts.isName(host) && !host.endsWith(".");
  }

  /** The host behind the sign. */
  static String host(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** One address. */
  static String one(String setting, String text) {
    if (!isAddress(text)) {
      throw new IllegalArgumentException(setting + " is no address such as ops@example.com");
    }
    return text;
  }

  /** Addresses with commas between them. */
  static List<String> list(String setting, String text) {
    List<String> addresses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (addresses.size() == MAX_RECIPIENTS) {
        throw new IllegalArgumentException(
            setting + " has more than " + MAX_RECIPIENTS + " addresses");
      }
      addresses.add(one(setting, part.strip()));
    }
    return List.copyOf(addresses);
  }
}

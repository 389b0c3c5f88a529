package dev.logdash.core.template;

/** Knows the request line of HTTP, whose method is a part of the statement. */
final class Requests {

  private static final String[] METHODS = {
    "GET ", "POST ", "PUT ", "DELETE ", "HEAD ", "PATCH ", "OPTIONS ", "CONNECT ", "TRACE "
  };

  private Requests() {}

  static boolean begins(char[] text, int from, int to) {
    for (String method : METHODS) {
      if (to - from > method.length() && matches(method, text, from)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String method, char[] text, int from) {
    for (int i = 0; i < method.length(); i++) {
      if (text[from + i] != method.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

package dev.logdash.core.enrich;

import java.util.List;
import java.util.Locale;

/**
 * The parts of a user agent, by the products and comments that browsers, robots and clients write
 * (RFC 9110, section 10.1.5). What it does not say is empty.
 *
 * @param device iPhone, iPad, iPod, the model of an Android device, or Spider for a robot
 */
record UserAgent(String name, String version, String osName, String osVersion, String device) {

  static final String SPIDER = "Spider";

  private static final List<String> ROBOTS = List.of("bot", "crawler", "spider", "slurp");

  // Browsers name those they descend from, so the youngest go first.
  private static final List<Product> BROWSERS =
      List.of(
          new Product("Edg/", "Edge"),
          new Product("EdgA/", "Edge"),
          new Product("EdgiOS/", "Edge"),
          new Product("Edge/", "Edge"),
          new Product("OPR/", "Opera"),
          new Product("OPT/", "Opera"),
          new Product("SamsungBrowser/", "Samsung Internet"),
          new Product("YaBrowser/", "Yandex Browser"),
          new Product("Vivaldi/", "Vivaldi"),
          new Product("UCBrowser/", "UC Browser"),
          new Product("DuckDuckGo/", "DuckDuckGo"),
          new Product("FxiOS/", "Firefox"),
          new Product("CriOS/", "Chrome"),
          new Product("HeadlessChrome/", "HeadlessChrome"),
          new Product("Electron/", "Electron"),
          new Product("Chrome/", "Chrome"),
          new Product("Firefox/", "Firefox"),
          new Product("MSIE ", "IE"));

  private record Product(String token, String name) {}

  private record Part(String name, String version) {

    static final Part NONE = new Part("", "");
  }

  static UserAgent parse(String text) {
    Part robot = robot(text);
    Part program = !robot.name.isEmpty() ? robot : program(text);
    Part os = system(text);
    String device = !robot.name.isEmpty() ? SPIDER : device(text);
    return new UserAgent(program.name, program.version, os.name, os.version, device);
  }

  private static Part program(String text) {
    if (!text.startsWith("Mozilla/")) {
      return first(text);
    }
    for (Product browser : BROWSERS) {
      int at = find(text, browser.token);
      if (at >= 0) {
        return new Part(browser.name, number(text, at + browser.token.length()));
      }
    }
    int version = find(text, "Version/");
    if (version >= 0 && text.contains("Safari/")) {
      return new Part("Safari", number(text, version + "Version/".length()));
    }
    int trident = find(text, "rv:");
    if (trident >= 0 && text.contains("Trident/")) {
      return new Part("IE", number(text, trident + "rv:".length()));
    }
    return Part.NONE;
  }

  // As all programs but browsers begin: curl/8.4.0
  private static Part first(String text) {
    int end = 0;
    while (end < text.length() && isToken(text.charAt(end))) {
      end++;
    }
    boolean version = end > 0 && end < text.length() && text.charAt(end) == '/';
    return new Part(text.substring(0, end), version ? number(text, end + 1) : "");
  }

  // A word with "bot" in it, as in Googlebot/2.1; not as in "robotics@example".
  private static Part robot(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    for (String kind : ROBOTS) {
      for (int at = small.indexOf(kind); at >= 0; at = small.indexOf(kind, at + 1)) {
        int end = at + kind.length();
        int start = at;
        while (start > 0 && isToken(text.charAt(start - 1))) {
          start--;
        }
        while (end < text.length() && end < at + kind.length() + 16 && isToken(text.charAt(end))) {
          end++;
        }
        boolean address = start > 0 && "/@.:".indexOf(text.charAt(start - 1)) >= 0;
        boolean ends = end == text.length() || "/ ;),+".indexOf(text.charAt(end)) >= 0;
        if (!address && ends && isEndOfName(small, at + kind.length(), end)) {
          boolean version = end < text.length() && text.charAt(end) == '/';
          return new Part(text.substring(start, end), version ? number(text, end + 1) : "");
        }
      }
    }
    return Part.NONE;
  }

  // Behind the kind only what names of robots have there: Googlebot-Image, AdsBot-Google, bot2.
  private static boolean isEndOfName(String text, int from, int to) {
    return from == to || text.charAt(from) == '-' || Character.isDigit(text.charAt(from));
  }

  private static Part system(String text) {
    int at = find(text, "Windows NT ");
    if (at >= 0) {
      String version = number(text, at + "Windows NT ".length());
      return new Part("Windows", version.equals("10.0") ? "10" : version);
    }
    at =
        text.contains("iPhone") || text.contains("iPad") || text.contains("iPod")
            ? text.indexOf(" OS ")
            : -1;
    if (at >= 0) {
      return new Part("iOS", number(text, at + " OS ".length()));
    }
    at = find(text, "Mac OS X");
    if (at >= 0) {
      return new Part("Mac OS X", number(text, at + "Mac OS X ".length()));
    }
    at = find(text, "Android");
    if (at >= 0) {
      return new Part("Android", number(text, at + "Android ".length()));
    }
    at = find(text, "CrOS ");
    if (at >= 0) {
      int space = text.indexOf(' ', at + "CrOS ".length());
      return new Part("Chrome OS", space < 0 ? "" : number(text, space + 1));
    }
    return find(text, "Linux") >= 0 || find(text, "linux") >= 0 ? new Part("Linux", "") : Part.NONE;
  }

  private static String device(String text) {
    for (String device : List.of("iPhone", "iPad", "iPod")) {
      if (find(text, device) >= 0) {
        return device;
      }
    }
    // (Linux; Android 13; Pixel 7 Build/TQ2A) and (Linux; Android 10; K)
    int android = find(text, "Android ");
    int from = android < 0 ? -1 : text.indexOf("; ", android);
    int close = from < 0 ? -1 : text.indexOf(')', from);
    if (close < 0) {
      return "";
    }
    String model = text.substring(from + 2, close);
    for (String end : List.of(" Build/", "; ")) {
      int cut = model.indexOf(end);
      model = cut < 0 ? model : model.substring(0, cut);
    }
    // Chrome writes K for all devices, and Firefox the kind.
    return model.equals("K") || model.startsWith("Mobile") || model.startsWith("rv:") ? "" : model;
  }

  private static int find(String text, String token) {
    int at = text.indexOf(token);
    while (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
      at = text.indexOf(token, at + 1);
    }
    return at;
  }

  private static String number(String text, int from) {
    int end = from;
    while (end < text.length() && isPartOfNumber(text.charAt(end))) {
      end++;
    }
    return end <= from ? "" : text.substring(from, end).replace('_', '.');
  }

  private static boolean isPartOfNumber(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
  }

  private static boolean isToken(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }
}

package dev.logdash.core.decode;

/** Makes route templates of paths, so that statistics have few of them. */
final class Routes {

  private static final int LONGEST = 256;
  private static final int MAX_SEGMENTS = 32;
  private static final String ID = "{id}";

  private Routes() {}

  /**
   * The path with each segment that names one thing of many (a number, a UUID, 8 or more
   * hexadecimal digits with a decimal one among them) replaced by <code>{id}</code>. What is longer
   * than {@value #LONGEST} characters or {@value #MAX_SEGMENTS} segments ends in {@code /*}.
   */
  static String of(String path) {
    StringBuilder route = new StringBuilder(Math.min(path.length(), LONGEST));
    int at = 0;
    for (int segments = 0; at < path.length(); segments++) {
      int end = path.indexOf('/', at + 1);
      end = end < 0 ? path.length() : end;
      int start = path.charAt(at) == '/' ? at + 1 : at;
      boolean id = isId(path, start, end);
      int length = start - at + (id ? ID.length() : end - start);
      if (segments == MAX_SEGMENTS || route.length() + length > LONGEST) {
        return route.append("/*").toString();
      }
      route.append(path, at, start);
      if (id) {
        route.append(ID);
      } else {
        route.append(path, start, end);
      }
      at = end;
    }
    return route.toString();
  }

  private static boolean isId(String path, int from, int to) {
    int digits = 0;
    int dashes = 0;
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '-') {
        dashes++;
      } else if (!((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
        return false;
      }
    }
    int length = to - from;
    if (length == 0 || digits == 0) {
      return false;
    }
    if (digits == length) {
      return true;
    }
    return dashes == 0 ? length >= 8 : length == 36 && dashes == 4;
  }
}

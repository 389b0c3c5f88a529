package dev.logdash.core.redact;

/** Keys of services wherever they stand, by the prefixes that {@link ServiceKey} knows. */
final class ServiceKeyDetector implements Detector {

  @Override
  public String name() {
    return "service-key";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    return Ascii.isLetter(at) && !Ascii.isBase64Url(before);
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    int from = Ascii.behindEscape(text, at, start, end);
    int to = ServiceKey.end(text, from, end);
    if (to > 0) {
      findings.mask(from, to);
    }
  }

  /** Whether {@link #inspect} marks something here. */
  static boolean finds(byte[] text, int at, int start, int end) {
    return ServiceKey.end(text, Ascii.behindEscape(text, at, start, end), end) > 0;
  }
}

package dev.logdash.core.redact;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets in lines by {@code ***}, keeping the structure around them: {@code
 * password=***}, and JSON stays valid. Works on bytes in any encoding that contains ASCII, in time
 * proportional to the length, and on fragments. Redacting twice changes nothing more. Safe for use
 * by many threads.
 */
public final class Redactor {

  private static final int MAX_DETECTORS = 8;

  private final List<Detector> detectors;
  private final LongAdder[] found;
  // For each pair of neighbouring bytes a bit for each detector that wants to look.
  private final byte[] triggers = new byte[1 << 16];

  /**
   * @param detectors at most 8, in the order in which they look at one place; names are distinct
   */
  public Redactor(List<Detector> detectors) {
    this.detectors = List.copyOf(detectors);
    long names = detectors.stream().map(Detector::name).distinct().count();
    if (detectors.size() > MAX_DETECTORS || names != detectors.size()) {
      throw new IllegalArgumentException(
          "more than " + MAX_DETECTORS + " detectors or two of one name");
    }
    found = new LongAdder[detectors.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = new LongAdder();
      for (int pair = 0; pair < triggers.length; pair++) {
        if (detectors.get(i).isTriggeredBy(pair >>> 8, pair & 0xFF)) {
          triggers[pair] |= (byte) (1 << i);
        }
      }
    }
  }

  /**
   * Finds values whose name says that they are secret (in {@code key=value}, {@code key: value},
   * JSON members and HTTP headers), bearer and basic credentials, JSON web tokens, payment card
   * numbers, and passwords in URLs.
   */
  public static Redactor standard() {
    return new Redactor(
        List.of(
            new UrlPasswordDetector(),
            new NamedSecretDetector(),
            new CredentialDetector(),
            new JwtDetector(),
            new CardNumberDetector()));
  }

  /** Answers the same array if it holds no secret. */
  public byte[] redact(byte[] text) {
    Findings findings = find(text, 0, text.length);
    return findings == null ? text : findings.applyTo(text, 0, text.length);
  }

  /** How many secrets each detector found, by its name. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int i = 0; i < found.length; i++) {
      counts.put(detectors.get(i).name(), found[i].sum());
    }
    return counts;
  }

  private @Nullable Findings find(byte[] text, int start, int end) {
    Findings findings = null;
    byte[] pairs = triggers;
    int before = '\n';
    for (int i = start; i < end; i++) {
      int at = text[i] & 0xFF;
      int wanted = pairs[before << 8 | at];
      before = at;
      if (wanted != 0) {
        if (findings == null) {
          findings = new Findings(start);
        }
        int next = inspect(text, i, start, end, wanted & 0xFF, findings);
        if (next > i + 1) {
          i = next - 1;
          before = text[i] & 0xFF;
        }
      }
    }
    return findings == null || findings.count() == 0 ? null : findings;
  }

  /** Lets those look who want to, and answers where to go on: behind what was found. */
  private int inspect(byte[] text, int at, int start, int end, int wanted, Findings findings) {
    int left = wanted;
    while (left != 0) {
      int detector = Integer.numberOfTrailingZeros(left);
      left &= left - 1;
      int before = findings.count();
      detectors.get(detector).inspect(text, at, start, end, findings);
      if (findings.count() > before) {
        found[detector].add(findings.count() - before);
        break;
      }
    }
    return findings.behindLast();
  }
}

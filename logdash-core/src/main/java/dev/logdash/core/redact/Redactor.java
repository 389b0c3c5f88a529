package dev.logdash.core.redact;

import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.util.ArrayList;
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

  private static final int MAX_DETECTORS = 16;

  private final List<Detector> detectors;
  private final LongAdder[] found;
  // For each pair of neighbouring bytes a bit for each detector that wants to look.
  private final short[] triggers = new short[1 << 16];
  private final boolean prefiltered;

  /**
   * @param detectors at most 16, in the order in which they look at one place; names are distinct
   */
  public Redactor(List<Detector> detectors) {
    this(detectors, false);
  }

  /**
   * @param prefiltered whether the detectors are those that {@link Prefilter} knows
   */
  Redactor(List<Detector> detectors, boolean prefiltered) {
    this.detectors = List.copyOf(detectors);
    this.prefiltered = prefiltered;
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
          triggers[pair] |= (short) (1 << i);
        }
      }
    }
  }

  /**
   * Finds values whose name says that they are secret (in {@code key=value}, {@code key: value},
   * JSON members and HTTP headers), bearer and basic credentials, JSON web tokens, keys of
   * services, private keys, payment card numbers, numbers of bank accounts, and passwords in URLs.
   */
  public static Redactor standard() {
    return new Redactor(standardDetectors(), true);
  }

  /** Finds what {@link #standard} finds, and e-mail addresses. */
  public static Redactor withEmail() {
    List<Detector> detectors = new ArrayList<>(standardDetectors());
    detectors.add(new EmailDetector());
    return new Redactor(detectors, true);
  }

  /** As settings choose. */
  public static Redactor of(LogdashConfig config) {
    return config.get(ConfigKeys.REDACT_EMAIL) ? withEmail() : standard();
  }

  static List<Detector> standardDetectors() {
    return List.of(
        new UrlPasswordDetector(),
        new NamedSecretDetector(),
        new CredentialDetector(),
        new JwtDetector(),
        new ServiceKeyDetector(),
        new PrivateKeyDetector(),
        new IbanDetector(),
        new CardNumberDetector());
  }

  /** Answers the same array if it holds no secret. */
  public byte[] redact(byte[] text) {
    Redacted redacted = redact(text, 0, text.length);
    return redacted == null ? text : redacted.text();
  }

  /**
   * What a part of an array becomes; null if it holds no secret.
   *
   * @param end behind its last byte
   */
  @Nullable Redacted redact(byte[] text, int start, int end) {
    Findings findings = find(text, start, end);
    if (findings == null) {
      return null;
    }
    List<String> kinds = new ArrayList<>();
    for (int left = findings.detectors(); left != 0; left &= left - 1) {
      kinds.add(detectors.get(Integer.numberOfTrailingZeros(left)).name());
    }
    return new Redacted(findings.applyTo(text, start, end), kinds);
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
    int i = next(text, start, start, end, start);
    while (i < end) {
      if (findings == null) {
        findings = new Findings(start);
      }
      int wanted = triggers[pairAt(text, start, i)] & 0xFFFF;
      int before = findings.count();
      int behindLast = inspect(text, i, start, end, wanted, findings);
      if (findings.count() == before && text[i] == ':') {
        behindLast = inspectBytes(text, i, start, end, findings);
      }
      i = next(text, start, Math.max(i + 1, behindLast), end, behindLast);
    }
    return findings == null || findings.count() == 0 ? null : findings;
  }

  /** The next place at which a detector wants to look, or {@code end}. */
  private int next(byte[] text, int start, int from, int end, int untaken) {
    if (prefiltered) {
      return Prefilter.next(text, start, from, end, untaken, triggers);
    }
    int i = from;
    while (i < end && triggers[pairAt(text, start, i)] == 0 && !mayBeBytes(text, start, i, end)) {
      i++;
    }
    return i;
  }

  /** The index of the pair of bytes that ends at a place. */
  static int pairAt(byte[] text, int start, int at) {
    int before = at > start ? text[at - 1] & 0xFF : '\n';
    return (before << 8) | (text[at] & 0xFF);
  }

  /** Looks into a text that is written as an array of bytes. */
  private int inspectBytes(byte[] text, int at, int start, int end, Findings findings) {
    ByteText array = mayBeBytes(text, start, at, end) ? ByteText.behind(text, at, end) : null;
    if (array == null) {
      return findings.behindLast();
    }
    byte[] bytes = array.bytes();
    Findings inside = find(bytes, 0, bytes.length);
    if (inside != null) {
      if (FieldName.before(text, at, start).isEscaped()) {
        findings.maskQuoted(array.from(), array.to(), true);
      } else {
        String redacted = ByteText.json(inside.applyTo(bytes, 0, bytes.length));
        findings.maskAs(array.from(), array.to(), redacted);
      }
      findings.by(inside);
    }
    return Math.max(findings.behindLast(), array.to());
  }

  private static boolean mayBeBytes(byte[] text, int start, int at, int end) {
    return text[at] == ':' && ByteText.mayStandBehind(text, at, start, end);
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
        findings.by(detector);
        break;
      }
    }
    return findings.behindLast();
  }
}

package dev.logdash.core.redact;

/**
 * International bank account numbers with right check digits and the length of their country, in
 * one piece, or in groups of four with a blank between. Of the groups two in a row have to be all
 * digits, which the first or the last of nearly every country are.
 */
final class IbanDetector implements Detector {

  private static final int PREFIX = 4;
  private static final int GROUP = 4;
  private static final int MOST_GROUPS = 8;
  private static final int LEAST_CHECK = 2;
  private static final int MOST_CHECK = 98;

  // The registry of ISO 13616: country, length.
  private static final String LENGTHS =
      "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29"
          + "ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30"
          + "KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24"
          + "PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
          + "VA22VG24XK20YE30";
  private static final byte[] LENGTH_OF = lengths();

  @Override
  public String name() {
    return "iban";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    return (Ascii.isUpper(at) && !Ascii.isBase64Url(before))
        || (before == ' ' && Ascii.isDigit(at));
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    if (Ascii.isUpper(text[at])) {
      int to = end(text, at, end);
      if (to > 0) {
        findings.mask(at, to);
      }
    } else if (isGroupOfDigits(text, at, end) && isGroupOfDigits(text, at + GROUP + 1, end)) {
      grouped(text, at, start, end, findings);
    }
  }

  /** The end of the number in one piece that begins at a place, or -1. */
  static int end(byte[] text, int from, int end) {
    int length = length(text, from, end);
    if (length == 0 || end - from < length) {
      return -1;
    }
    int to = from + length;
    boolean alone = to == end || !Ascii.isBase64Url(text[to]);
    return alone && hasCheckDigits(text, from, to) ? to : -1;
  }

  /** From two groups of digits back to the group with the country. */
  private static void grouped(byte[] text, int at, int start, int end, Findings findings) {
    int from = at;
    for (int groups = 0; groups < MOST_GROUPS; groups++) {
      int before = from - GROUP - 1;
      if (before < start || text[from - 1] != ' ' || !isGroup(text, before)) {
        return;
      }
      from = before;
      boolean begins = from == start || !Ascii.isBase64Url(text[from - 1]);
      int to = begins ? groupedEnd(text, from, end) : -1;
      if (to > 0) {
        findings.mask(from, to);
        return;
      }
    }
  }

  /** Whether a group belongs to what is written like a number of an account, right or wrong. */
  static boolean isGroupOfOne(byte[] text, int at, int start) {
    int from = at;
    for (int groups = 0; groups < MOST_GROUPS; groups++) {
      from -= GROUP + 1;
      if (from < start || text[from + GROUP] != ' ' || !isGroup(text, from)) {
        return false;
      }
      if (length(text, from, at) > 0) {
        return true;
      }
    }
    return false;
  }

  private static int groupedEnd(byte[] text, int from, int end) {
    int length = length(text, from, end);
    if (length == 0) {
      return -1;
    }
    int to = from + length + (length - 1) / GROUP;
    if (to > end || (to < end && Ascii.isBase64Url(text[to]))) {
      return -1;
    }
    for (int i = from + GROUP; i < to; i += GROUP + 1) {
      if (text[i] != ' ') {
        return -1;
      }
    }
    return hasCheckDigits(text, from, to) ? to : -1;
  }

  private static int length(byte[] text, int from, int end) {
    boolean prefix =
        end - from > PREFIX
            && Ascii.isUpper(text[from])
            && Ascii.isUpper(text[from + 1])
            && Ascii.isDigit(text[from + 2])
            && Ascii.isDigit(text[from + 3]);
    return prefix ? LENGTH_OF[country(text[from], text[from + 1])] : 0;
  }

  /** ISO 7064, MOD 97-10, over the number with its first four characters put behind. */
  private static boolean hasCheckDigits(byte[] text, int from, int to) {
    int digits = 10 * (text[from + 2] - '0') + text[from + 3] - '0';
    int rest = remainder(text, from + PREFIX, to, 0);
    return digits >= LEAST_CHECK
        && digits <= MOST_CHECK
        && rest >= 0
        && remainder(text, from, from + PREFIX, rest) == 1;
  }

  private static int remainder(byte[] text, int from, int to, int before) {
    int rest = before;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (Ascii.isDigit(b)) {
        rest = (rest * 10 + b - '0') % 97;
      } else if (Ascii.isUpper(b)) {
        rest = (rest * 100 + b - 'A' + 10) % 97;
      } else if (b != ' ') {
        return -1;
      }
    }
    return rest;
  }

  private static boolean isGroup(byte[] text, int from) {
    for (int i = from; i < from + GROUP; i++) {
      if (!Ascii.isUpper(text[i]) && !Ascii.isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGroupOfDigits(byte[] text, int from, int end) {
    if (from + GROUP > end || text[from - 1] != ' ') {
      return false;
    }
    for (int i = from; i < from + GROUP; i++) {
      if (!Ascii.isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static int country(int first, int second) {
    return (first - 'A') * 26 + second - 'A';
  }

  private static byte[] lengths() {
    byte[] lengths = new byte[26 * 26];
    for (int i = 0; i < LENGTHS.length(); i += PREFIX) {
      lengths[country(LENGTHS.charAt(i), LENGTHS.charAt(i + 1))] =
          Byte.parseByte(LENGTHS.substring(i + 2, i + PREFIX));
    }
    return lengths;
  }
}

package dev.logdash.core.redact;

/**
 * Payment card numbers: 13 to 19 digits, in one piece or in groups with single blanks or dashes,
 * with a prefix and a length that an issuer uses and a right check digit. A tenth of all numbers
 * has a right check digit, so numbers that are part of a word, values whose name says that they are
 * an id or a time, and numbers of more than 16 digits whose name does not say that they are of a
 * card, are left alone: many ids have as many digits, few cards do.
 */
final class CardNumberDetector implements Detector {

  private static final int MIN_DIGITS = 13;
  private static final int MAX_DIGITS = 19;
  private static final int USUAL_DIGITS = 16;

  @Override
  public String name() {
    return "card-number";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    return at >= '2' && at <= '6' && !continuesWord(before);
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    int first = at;
    while (first < end && Ascii.isDigit(text[first])) {
      first++;
    }
    if (first - at < MIN_DIGITS && !isGroup(first - at)) {
      return;
    }
    int[] digits = new int[MAX_DIGITS];
    int count = 0;
    int group = 0;
    int groups = 0;
    int shape = 0;
    byte separator = 0;
    int i = at;
    for (; i < end; i++) {
      byte b = text[i];
      if (Ascii.isDigit(b)) {
        if (count == MAX_DIGITS) {
          return;
        }
        digits[count++] = b - '0';
        group++;
      } else if (isSeparator(text, i, end, separator) && isGroup(group) && groups < 3) {
        separator = b;
        shape = shape * 10 + group;
        groups++;
        group = 0;
      } else {
        break;
      }
    }
    boolean grouped = groups > 0;
    if ((grouped && !isShape(shape * 10 + group)) || (i < end && continues(text, i, end))) {
      return;
    }
    if (isIssued(digits, count)
        && hasCheckDigit(digits, count)
        && mayBe(text, at, start, count)
        && !(separator == ' ' && IbanDetector.isGroupOfOne(text, at, start))) {
      mask(text, at, i, start, end, findings);
    }
  }

  private static boolean continuesWord(int before) {
    return Ascii.isAlphanumeric(before) || before >= 0x80 || "._-+".indexOf(before) >= 0;
  }

  private static boolean isSeparator(byte[] text, int i, int end, byte separator) {
    byte b = text[i];
    boolean same = separator == 0 ? b == ' ' || b == '-' : b == separator;
    return same && i + 1 < end && Ascii.isDigit(text[i + 1]);
  }

  private static boolean isGroup(int digits) {
    return digits == 4 || digits == 6;
  }

  /** The groups in which cards are printed. */
  private static boolean isShape(int shape) {
    return shape == 4444 || shape == 465 || shape == 464;
  }

  private static boolean continues(byte[] text, int i, int end) {
    byte b = text[i];
    if (Ascii.isAlphanumeric(b) || b == '_' || b < 0) {
      return true;
    }
    return (b == '.' || b == '-') && i + 1 < end && Ascii.isAlphanumeric(text[i + 1]);
  }

  /**
   * Prefixes and lengths of Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay.
   */
  private static boolean isIssued(int[] d, int count) {
    int two = 10 * d[0] + d[1];
    int four = 100 * two + 10 * d[2] + d[3];
    if (d[0] == 4) {
      return count == 13 || count == 16 || count == 19;
    }
    if (two == 34 || two == 37) {
      return count == 15;
    }
    if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four < 3060)) {
      return count == 14;
    }
    boolean mastercard = (two >= 51 && two <= 55) || (four >= 2221 && four <= 2720);
    boolean discover = four == 6011 || two == 65 || (four >= 6440 && four < 6500);
    boolean jcb = four >= 3528 && four <= 3589;
    return (count == 16 && (mastercard || discover || jcb))
        || (two == 62 && count >= 16)
        || (discover && count == 19);
  }

  /** Luhn's formula. */
  private static boolean hasCheckDigit(int[] digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int digit = digits[count - 1 - i];
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  private static boolean mayBe(byte[] text, int at, int start, int count) {
    int i = at - 1;
    while (i >= start && (text[i] == '"' || text[i] == '\'' || text[i] == ' ')) {
      i--;
    }
    if (i < start || (text[i] != '=' && text[i] != ':')) {
      return count <= USUAL_DIGITS;
    }
    FieldName name = FieldName.before(text, i, start);
    return count <= USUAL_DIGITS
        ? !name.endsWithAny("id", "ts", "time", "timestamp", "seq", "offset")
        : name.endsWithAny("card", "number", "pan");
  }

  private static void mask(byte[] text, int at, int to, int start, int end, Findings findings) {
    FieldName name = FieldName.beforeValue(text, at, start);
    int next = Ascii.skipBlanks(text, to, end);
    boolean bare = next == end || ",}]\\".indexOf(text[next]) >= 0;
    if (name.isQuoted() && bare) {
      findings.maskQuoted(at, to, name.isEscaped());
    } else if (bare && next < end && isListed(text, at, start) && text[start] == '{') {
      // A number among numbers of a document stays one.
      findings.maskAs(at, to, "0");
    } else {
      findings.mask(at, to);
    }
  }

  private static boolean isListed(byte[] text, int at, int start) {
    int i = at - 1;
    while (i >= start && Ascii.isBlank(text[i])) {
      i--;
    }
    return i >= start && (text[i] == '[' || text[i] == ',');
  }
}

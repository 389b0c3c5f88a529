package dev.logdash.core.redact;

import java.util.List;

/**
 * Values whose name says that they are secret: {@code password=...}, {@code apiKey: ...}, members
 * of JSON (also of JSON within a JSON string), elements of XML, and HTTP headers.
 */
final class NamedSecretDetector implements Detector {

  private static final int LONGEST_GUESS = 64;
  private static final int LONG = 32;
  private static final int LONGEST_ELEMENT = 8 * 1024;
  private static final List<String> LITERALS =
      List.of("null", "none", "nil", "true", "false", "undefined", "yes", "no");
  // What is said about a password or a token in prose: "token: expired".
  private static final List<String> REMARKS =
      List.of(
          "invalid",
          "incorrect",
          "expired",
          "missing",
          "required",
          "wrong",
          "failed",
          "empty",
          "denied",
          "granted",
          "changed",
          "reset",
          "unknown",
          "valid",
          "rejected",
          "accepted",
          "not",
          "is",
          "must",
          "ok",
          "unset",
          "given",
          "too",
          "the",
          "a",
          "an");

  @Override
  public String name() {
    return "named-secret";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    boolean mayEndName = SecretName.mayEndWith(before) || "\"' ".indexOf(before) >= 0;
    return ((at == ':' || at == '>') && mayEndName)
        || (at == '=' && (mayEndName || Ascii.isDigit(before)));
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    if (!mayBeSecret(text, at, start)) {
      return;
    }
    FieldName field = FieldName.before(text, at, start);
    SecretName name = SecretName.of(field, text[at] == '=' || field.isQuoted());
    if (name == null || (name.kind() == SecretName.Kind.LONG && text[at] != '=')) {
      return;
    }
    int from = at + 1;
    if (text[at] == '>') {
      element(text, from, start, end, field, name, findings);
      return;
    }
    if (text[at] == '=' && from < end && (text[from] == '>' || text[from] == '=')) {
      from++;
    }
    from = Ascii.skipBlanks(text, from, end);
    if (from >= end) {
      return;
    }
    boolean escapedQuote = text[from] == '\\' && from + 1 < end && isQuote(text[from + 1]);
    if (escapedQuote || isQuote(text[from])) {
      int open = escapedQuote ? from + 1 : from;
      boolean inJson = field.isEscaped() || (text[start] == '{' && !field.isQuoted());
      if (inJson && !escapedQuote && text[open] == '"') {
        // In a string of a document this quote is not the first of the value but ends the string.
        return;
      }
      int close = Quoted.end(text, open, end, escapedQuote, inJson);
      if (isLongEnough(name, open + 1, close)) {
        mask(text, open + 1, close, findings);
      }
    } else if (field.isQuoted() && text[at] == ':') {
      if (text[from] == '[') {
        boolean inString = field.isEscaped();
        SecretArray.mask(text, from, end, field, name, inString, findings);
      } else {
        maskLiteral(text, from, endOfLiteral(text, from, end), field, name, findings);
      }
    } else {
      bare(text, at, from, end, field, name, findings);
    }
  }

  /** A cheap look at the last letters of the name, past what may stand behind them. */
  static boolean mayBeSecret(byte[] text, int at, int start) {
    int last = at - 1;
    int limit = Math.max(start, at - LONGEST_GUESS);
    while (last > limit && Ascii.isBlank(text[last])) {
      last--;
    }
    if (last > limit && isQuote(text[last])) {
      last--;
      if (last > limit && text[last] == '\\') {
        last--;
      }
    }
    while (last > limit && Ascii.isDigit(text[last])) {
      last--;
    }
    return SecretName.mayEndAt(text, start, last);
  }

  static void mask(byte[] text, int from, int to, Findings findings) {
    if (!Findings.isMask(text, from, to) && !isOneOf(LITERALS, text, from, to)) {
      findings.mask(from, to);
    }
  }

  /** Where a number or a word of JSON ends. */
  static int endOfLiteral(byte[] text, int from, int end) {
    int to = from;
    while (to < end && ",]}\\\"{[".indexOf(text[to]) < 0 && !Ascii.isSpace(text[to])) {
      to++;
    }
    return to;
  }

  static void maskLiteral(
      byte[] text, int from, int to, FieldName field, SecretName name, Findings findings) {
    boolean harmless = name.kind() == SecretName.Kind.LIKELY && isSmallNumber(text, from, to);
    if (!harmless && !isOneOf(LITERALS, text, from, to)) {
      findings.maskQuoted(from, to, field.isEscaped());
    }
  }

  /** The text of an element without others in it, which a closing tag ends. */
  private static void element(
      byte[] text,
      int from,
      int start,
      int end,
      FieldName tag,
      SecretName name,
      Findings findings) {
    if (!tag.isOpeningTag(start)) {
      return;
    }
    int to = from;
    int limit = Math.min(end, from + LONGEST_ELEMENT);
    while (to < limit && text[to] != '<' && text[to] != '"') {
      to++;
    }
    // In prose it is a type parameter: "a List<Token> was made".
    boolean closes =
        to + 1 < limit && text[to] == '<' && (text[to + 1] == '/' || text[to + 1] == '\\');
    boolean harmless = name.kind() == SecretName.Kind.LIKELY && isSmallNumber(text, from, to);
    if (closes && !harmless) {
      mask(text, from, to, findings);
    }
  }

  private static void bare(
      byte[] text, int at, int from, int end, FieldName field, SecretName name, Findings findings) {
    boolean colon = text[at] == ':';
    if (colon && text[from] == '/' && from == at + 1) {
      return;
    }
    boolean workingDirectory = field.endsWithAny("pwd") && text[from] == '/';
    int to = BareValue.end(text, from, end, name.kind());
    boolean masked = Findings.isMask(text, from, to);
    if (workingDirectory
        || masked
        || !isLongEnough(name, from, to)
        || isOneOf(LITERALS, text, from, to)) {
      return;
    }
    if (colon && (isRemark(text, from, end, name) || isPhase(text, at, from, to, end))) {
      return;
    }
    if (name.kind() == SecretName.Kind.LIKELY
        && (isSmallNumber(text, from, to) || (colon && !looksRandom(text, from, to)))) {
      return;
    }
    findings.mask(from, to);
  }

  private static boolean isLongEnough(SecretName name, int from, int to) {
    return name.kind() != SecretName.Kind.LONG || to - from >= LONG;
  }

  /** The name of a program and of what it does, as PAM writes it: {@code (passwd:auth)}. */
  private static boolean isPhase(byte[] text, int at, int from, int to, int end) {
    return from == at + 1
        && to < end
        && text[to] == ')'
        && BareValue.endOfWord(text, from, to) == to;
  }

  private static boolean isRemark(byte[] text, int from, int end, SecretName name) {
    if (name.kind() == SecretName.Kind.REST_OF_LINE) {
      return false;
    }
    int to = BareValue.end(text, from, end, SecretName.Kind.CERTAIN);
    int word = text[to - 1] == '.' ? to - 1 : to;
    return isOneOf(REMARKS, text, from, word);
  }

  private static boolean isSmallNumber(byte[] text, int from, int to) {
    if (to - from > 5) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!Ascii.isDigit(text[i]) && text[i] != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean looksRandom(byte[] text, int from, int to) {
    if (to - from < 8 || to - from > LONGEST_GUESS) {
      return to - from > LONGEST_GUESS;
    }
    for (int i = from; i < to; i++) {
      boolean capitalInside = i > from && Ascii.isUpper(text[i]) && Ascii.isLower(text[i - 1]);
      if (Ascii.isDigit(text[i]) || capitalInside) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneOf(List<String> words, byte[] text, int from, int to) {
    for (String word : words) {
      if (Ascii.equals(text, from, to, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isQuote(byte b) {
    return b == '"' || b == '\'';
  }
}

package dev.logdash.core.parse;

/**
 * Addresses of mail in a text, where a word says whose they are: {@code email=ada@shop.example},
 * {@code e-mail address ada@shop.example}; and those of an envelope, as mail servers write it:
 * {@code from=<ada@shop.example>}, {@code to=<bob@shop.example>}.
 */
final class TextMail {

  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final int USER = 1;
  private static final int FROM = 2;
  private static final int TO = 3;
  private static final int ADDRESS = 4;

  private static final WordTable KEYS =
      new WordTable(
          "email mail useremail usermail emailaddress mailaddress useremailaddress",
          "from",
          "to",
          "address addr");

  private TextMail() {}

  /** Puts the address around the sign at {@code sign} if a word in front of it tells its role. */
  static void around(byte[] b, int from, int sign, int to, FieldSink sink) {
    int start = sign;
    while (start > from && isLocal(b[start - 1]) && sign - start <= LONGEST_LOCAL) {
      start--;
    }
    int end = endOfDomain(b, sign + 1, to);
    if (start == sign || sign - start > LONGEST_LOCAL || end < 0 || end - start > LONGEST) {
      return;
    }
    byte open = start > from ? b[start - 1] : 0;
    if (open == '<' && Bytes.at(b, end, to) == '>' && start - 2 >= from && b[start - 2] == '=') {
      int role = role(b, from, start - 2);
      if (role == FROM || role == TO) {
        sink.put(role == FROM ? "email.from.address" : "email.to.address", b, start, end);
        return;
      }
    }
    int key = start;
    while (key > from && " \"'<[(\\".indexOf(b[key - 1]) >= 0) {
      key--;
    }
    if (key > from && (b[key - 1] == '=' || b[key - 1] == ':')) {
      key = Bytes.trimEnd(b, from, key - 1);
    }
    while (key > from && (b[key - 1] == '"' || b[key - 1] == '\\')) {
      key--;
    }
    if (key < start && isUser(b, from, key)) {
      sink.put("user.email", b, start, end);
    }
  }

  private static boolean isUser(byte[] b, int from, int end) {
    int role = role(b, from, end);
    if (role == ADDRESS) {
      int before = Bytes.trimEnd(b, from, TextRoles.startOfWord(b, from, end));
      role = before == end ? 0 : role(b, from, before);
    }
    return role == USER;
  }

  private static int role(byte[] b, int from, int end) {
    return KEYS.get(b, TextRoles.startOfWord(b, from, end), end);
  }

  /** Where the name of a domain of at least two parts ends, or -1. */
  private static int endOfDomain(byte[] b, int from, int to) {
    int at = from;
    int part = from;
    int points = 0;
    while (at < to && (Bytes.isLetter(b[at]) || Bytes.isDigit(b[at]) || "-.".indexOf(b[at]) >= 0)) {
      if (b[at] == '.') {
        // The point that ends a sentence is none of the domain's.
        if (at == part || !isPartOfDomain(Bytes.at(b, at + 1, to))) {
          break;
        }
        points++;
        part = at + 1;
      }
      at++;
    }
    boolean letters = at - part >= 2 && Bytes.isLetter(b[part]);
    byte next = Bytes.at(b, at, to);
    return points > 0 && letters && next != '@' && next != '_' && next != ':' ? at : -1;
  }

  private static boolean isPartOfDomain(byte c) {
    return Bytes.isLetter(c) || Bytes.isDigit(c);
  }

  private static boolean isLocal(byte c) {
    return Bytes.isLetter(c) || Bytes.isDigit(c) || "._%+-".indexOf(c) >= 0;
  }
}

package dev.logdash.core.parse;

/** What the words around an address make of it. */
final class TextRoles {

  static final int NONE = 0;
  static final int SOURCE = 1;
  static final int DESTINATION = 2;

  /** An address that is neither, such as one inside of a URL or one to listen on. */
  static final int OTHER = 3;

  // By the word in front of the address; the order is that of the roles.
  private static final WordTable ROLES =
      new WordTable(
          "from by with between laddr client ip rip src srcip source sourceip rhost remote remoteip remip remoteaddr"
              + " remoteaddress remotehost peer clientip clientaddr clientaddress oip address addr"
              + " ipaddress ipaddr attacker saddr sourceaddress srcaddr visitor callerip callingip"
              + " realip userip originip",
          "to dst dstip dest destip destination destinationip destinationaddress dstaddr daddr lip"
              + " relay target faddr localaddr localaddress localip resolving",
          "on at listening bind bound version release server via proxy upstream helo ehlo network"
              + " subnet local host");
  private static final String SIGNS_BEFORE = "[('`\"</\\";

  private TextRoles() {}

  /** The role that what stands in front of {@code at} gives to the address there. */
  static int before(byte[] b, int from, int at) {
    if (at > from && b[at - 1] == '@') {
      return ofUser(b, from, at - 1);
    }
    int end = at;
    boolean list = false;
    while (end > from && SIGNS_BEFORE.indexOf(b[end - 1]) >= 0) {
      // As in: ([10.0.0.1]), which is what a mail client calls itself.
      if (b[end - 1] == '(' && end < at && b[end] == '[') {
        return OTHER;
      }
      list = true;
      end--;
    }
    if (end <= from) {
      // A text that begins with an address is told by its owner.
      return list || end == at ? SOURCE : NONE;
    }
    if (end <= at - 2 && b[end] == '/' && b[end + 1] == '/') {
      return OTHER;
    }
    end = withoutFamily(b, from, end);
    if (isArrow(b, from, end)) {
      return DESTINATION;
    }
    int word = Bytes.trimEnd(b, from, end);
    while (word > from && (":=[('\"/".indexOf(b[word - 1]) >= 0 || Bytes.isSpace(b[word - 1]))) {
      word--;
    }
    int start = startOfWord(b, from, word);
    // BIND names an object between the word and the address.
    if (start > from && b[start - 1] == '@') {
      word = Bytes.trimEnd(b, from, start - 1);
      start = startOfWord(b, from, word);
    }
    int role = ROLES.get(b, start, word);
    if (role == NONE && end > from && end < at && (b[end] == '[' || b[end] == '(')) {
      role = behindName(b, from, b[end] == '[' ? end : Bytes.trimEnd(b, from, end));
    }
    if ((role == SOURCE || role == OTHER) && start > from && isBare(b, start, word)) {
      // As in: server ip 10.0.0.1, remote host [10.0.0.1]
      int before = Bytes.trimEnd(b, from, start);
      int other = ROLES.get(b, startOfWord(b, from, before), before);
      boolean preposition = before - 2 >= from && startOfWord(b, from, before) == before - 2;
      if (other > NONE && !preposition) {
        return other;
      }
    }
    // As in: timed out resolving 'a.example/A/IN': 10.0.0.2#53
    if (role == NONE
        && end - 3 > from
        && Bytes.startsWith(b, end - 3, end, "': ")
        && Bytes.indexOf(b, from, end, "resolving '") >= 0) {
      return DESTINATION;
    }
    // As in: inside/10.0.0.1(1234) -> outside/10.0.0.2(80)
    if (role == NONE && end < at && b[end] == '/' && isArrow(b, from, start)) {
      return DESTINATION;
    }
    // As in: from outside:10.0.0.1/80
    if (role == NONE && start > from && word == end - 1 && b[word] == ':') {
      int before = Bytes.trimEnd(b, from, start);
      int first = startOfWord(b, from, before);
      return TextHints.equalIgnoringCase(b, first, before, "for")
          ? SOURCE
          : ROLES.get(b, first, before);
    }
    return role;
  }

  /** FTP servers write {@code (ada@10.0.0.1)}; elsewhere a sign like this begins a host's name. */
  private static int ofUser(byte[] b, int from, int sign) {
    int start = sign;
    while (start > from && !Bytes.isSpace(b[start - 1]) && b[start - 1] != '(') {
      start--;
    }
    return start > from && b[start - 1] == '(' ? SOURCE : OTHER;
  }

  /** The role of an address in a bracket behind its name: {@code from a.example[10.0.0.1]}. */
  private static int behindName(byte[] b, int from, int nameEnd) {
    int name = nameEnd;
    while (name > from && !Bytes.isSpace(b[name - 1]) && b[name - 1] != '=') {
      name--;
    }
    int before = Bytes.trimEnd(b, from, name);
    if (before > from && b[before - 1] == '=') {
      before--;
    }
    int role = name < nameEnd ? ROLES.get(b, startOfWord(b, from, before), before) : NONE;
    // ProFTPD has its client behind its own name: ftp.example (a.example[10.0.0.1])
    return role == NONE
            && name < nameEnd
            && b[name] == '('
            && before > from
            && Bytes.endOfWord(b, from, before) == before
        ? SOURCE
        : role;
  }

  /** Whether {@code ->} follows an address with or without a port. */
  static boolean arrowBehind(byte[] b, int end, int to) {
    int at = end;
    while (at < to && (Bytes.isDigit(b[at]) || b[at] == ':' || "]/() ".indexOf(b[at]) >= 0)) {
      at++;
    }
    return Bytes.startsWith(b, at, to, "->");
  }

  /** Whether {@code ->} stands in front of an address. */
  static boolean arrowBefore(byte[] b, int from, int start) {
    return isArrow(b, from, start);
  }

  /** The end without {@code IPV4/UDP/}, {@code ipv4:} or {@code [AF_INET]} behind it. */
  private static int withoutFamily(byte[] b, int from, int end) {
    int at = end;
    if (at > from && b[at - 1] == ']') {
      int open = at - 1;
      while (open > from && b[open] != '[' && at - open < 12) {
        open--;
      }
      return b[open] == '[' && Bytes.startsWith(b, open, end, "[AF_INET") ? open : end;
    }
    if (at > from && b[at - 1] == ':') {
      int start = startOfWord(b, from, at - 1);
      return TextHints.startsWithIgnoringCase(b, start, at, "ipv") ? start : end;
    }
    int start = startOfWord(b, from, at);
    if (start > from && b[start - 1] == '/') {
      int family = startOfWord(b, from, start - 1);
      if (TextHints.startsWithIgnoringCase(b, family, at, "ipv")) {
        return family;
      }
    }
    return end;
  }

  private static boolean isArrow(byte[] b, int from, int end) {
    int at = Bytes.trimEnd(b, from, end);
    return at - from >= 2 && b[at - 1] == '>' && (b[at - 2] == '-' || b[at - 2] == '=');
  }

  private static boolean isBare(byte[] b, int from, int to) {
    return TextHints.equalIgnoringCase(b, from, to, "ip")
        || TextHints.equalIgnoringCase(b, from, to, "host")
        || TextHints.equalIgnoringCase(b, from, to, "addr")
        || TextHints.equalIgnoringCase(b, from, to, "address")
        || TextHints.equalIgnoringCase(b, from, to, "client");
  }

  static int startOfWord(byte[] b, int from, int end) {
    int at = end;
    while (at > from
        && (Bytes.isLetter(b[at - 1])
            || Bytes.isDigit(b[at - 1])
            || b[at - 1] == '_'
            || b[at - 1] == '-')) {
      at--;
    }
    return at;
  }
}

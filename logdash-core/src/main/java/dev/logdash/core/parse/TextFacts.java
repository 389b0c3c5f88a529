package dev.logdash.core.parse;

/**
 * Finds in free text who did something, and from where: addresses whose role the words in front of
 * them name ({@code from 10.0.0.1 port 22}, {@code src=}, {@code 10.0.0.1:5 -> 10.0.0.2:80}), users
 * ({@link TextUsers}) and requests. An address without a role is the source where the text tells of
 * a sign-in; elsewhere it stays text. Fields that are there already stay as they are.
 */
final class TextFacts {

  private static final int LONGEST_TEXT = 4_096;
  private static final int LONGEST_PORT = 5;
  private static final int LONGEST_PROTOCOL = 8;

  private static final WordTable PORTS =
      new WordTable("spt sport srcport sourceport", "dpt dport dstport destport destinationport");

  private static final byte APART = 0;
  private static final byte WORD = 1;
  private static final byte JOINED = 2;
  private static final byte[] KINDS = new byte[256];

  static {
    for (int i = 0; i < KINDS.length; i++) {
      byte c = (byte) i;
      boolean word = Bytes.isLetter(c) || Bytes.isDigit(c) || c == '_';
      KINDS[i] = word ? WORD : c < 0 || c == '-' || c == '.' ? JOINED : APART;
    }
  }

  private byte[] b = new byte[0];
  private int from;
  private int to;
  private boolean wantsSource;
  private boolean wantsUser;
  private int unnamed;
  private int unnamedEnd;
  private int unnamedCount;
  private int lastEnd;
  private final TextUsers users = new TextUsers();

  /** Adds what the first line of the range tells; the range may have JSON's escapes. */
  void find(byte[] buffer, int start, int end, FieldSink sink) {
    wantsSource =
        !sink.contains(Names.SOURCE_IP)
            && !sink.contains(Names.DESTINATION_IP)
            && !sink.contains(Names.SOURCE_ADDRESS);
    wantsUser = !sink.contains(Names.USER);
    int limit = Records.endOfFirstLine(buffer, start, Math.min(end, start + LONGEST_TEXT));
    to = limit;
    // The members of an object have names of their own.
    if (start >= end
        || buffer[start] == '{'
        || (!wantsSource && !wantsUser)
        || !TextHints.mayTell(buffer, start, limit)) {
      return;
    }
    b = buffer;
    from = start;
    unnamed = -1;
    lastEnd = -1;
    unnamedCount = 0;
    walk(sink);
    if (buffer[start] == 'c' || buffer[start] == 'q') {
      TextQueries.find(buffer, start, limit, sink);
    } else if (Bytes.startsWith(buffer, start, limit, "[INFO] ")) {
      TextQueries.find(buffer, start, limit, sink);
    } else if (buffer[start] == '[') {
      TextRules.find(buffer, start, limit, sink);
    }
    if (wantsSource
        && unnamed >= 0
        && !sink.contains(Names.SOURCE_IP)
        && !sink.contains(Names.DESTINATION_IP)
        && TextHints.tellsOfSignIn(b, from, to)) {
      put(true, unnamed, unnamedEnd, sink);
      if (wantsUser) {
        users.beside(b, from, unnamed, sink);
      }
    }
  }

  /** Where the text ended that was looked through last: the end of its first line. */
  int end() {
    return to;
  }

  private void walk(FieldSink sink) {
    int at = from;
    boolean apart = true;
    while (at < to) {
      byte c = b[at];
      byte kind = KINDS[c & 0xff];
      if (kind != WORD) {
        if (apart && c == ':' && Bytes.at(b, at + 1, to) == ':') {
          int end = address(at, sink);
          at = Math.max(end, at + 1);
          apart = end < 0;
        } else {
          apart = kind == APART;
          at++;
        }
        continue;
      }
      int end = Bytes.endOfName(b, at + 1, to);
      if (apart) {
        byte next = Bytes.at(b, end, to);
        boolean mayBeAddress = next == ':' ? isHex(c) : next == '.' && Bytes.isDigit(c);
        int addressEnd = mayBeAddress ? address(at, sink) : -1;
        if (addressEnd < 0) {
          word(c, at, end, next, sink);
        }
        end = Math.max(end, addressEnd);
      }
      at = end;
      apart = false;
    }
  }

  /** Takes what begins here if it is an address; where it ends, or -1. */
  private int address(int at, FieldSink sink) {
    int end = Addresses.end(b, at, to);
    if (end <= at + 2 || !isApart(end)) {
      return -1;
    }
    if (wantsSource) {
      address(at, end, sink);
    }
    lastEnd = end;
    return end;
  }

  private void word(byte first, int at, int end, byte next, FieldSink sink) {
    if (wantsUser && users.cue(b, from, at, end, to, sink)) {
      wantsUser = false;
    } else if (isUpper(first) && next == ' ' && TextRequests.at(b, from, at, end, to, sink)) {
      client(at, sink);
    } else if (next == '=' && Bytes.isDigit(Bytes.at(b, end + 1, to))) {
      port(at, end, sink);
    } else if (next == '=' && isUpper(first) && isUpper(Bytes.at(b, end + 1, to))) {
      transport(at, end, sink);
    } else if (next == '/' && first == 'M' && at > from && b[at - 1] == '(') {
      userAgent(at, end, sink);
    }
  }

  /** Takes {@code (Mozilla/5.0 (X11; Linux x86_64) Firefox/103.0)}. */
  private void userAgent(int at, int end, FieldSink sink) {
    int close = Bytes.equal(b, at, end, "Mozilla") ? LayoutWords.closing(b, at - 1, to) : -1;
    if (close > 0) {
      sink.put(Names.USER_AGENT, b, at, close);
    }
  }

  private static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  /** Takes the one address before a request for the client, and {@code - ada "GET} for its user. */
  private void client(int method, FieldSink sink) {
    if (wantsSource && unnamedCount == 1 && !sink.contains(Names.SOURCE_IP)) {
      put(true, unnamed, unnamedEnd, sink);
    }
    int quote = method - 1;
    int dash = lastEnd + 1;
    if (!wantsUser || lastEnd <= from || quote < dash || b[quote] != '"') {
      return;
    }
    int user = dash + 2;
    int end = Bytes.endOfWord(b, Math.min(user, quote), quote);
    if (Bytes.startsWith(b, dash, to, "- ") && end > user && end + 1 == quote) {
      if (!HttpExchange.isDash(b, user, end)) {
        sink.put(Names.USER, b, user, end);
      }
      wantsUser = false;
    }
  }

  private void transport(int word, int equals, FieldSink sink) {
    if (TextHints.equalIgnoringCase(b, word, equals, "proto")) {
      int end = Bytes.endOfName(b, equals + 1, to);
      if (end - equals <= LONGEST_PROTOCOL) {
        sink.put(Names.TRANSPORT, b, equals + 1, end);
      }
    }
  }

  /** Puts the number behind {@code SPT=} and its like. */
  private void port(int word, int equals, FieldSink sink) {
    int key = PORTS.get(b, word, equals);
    long number = key == 0 ? 0 : Bytes.number(b, equals + 1, Bytes.endOfDigits(b, equals + 1, to));
    if (number > 0 && number < 65_536) {
      sink.put(key == TextRoles.SOURCE ? Names.SOURCE_PORT : Names.DESTINATION_PORT, number);
    }
  }

  private boolean isApart(int end) {
    byte next = Bytes.at(b, end, to);
    if (next == '-') {
      return Bytes.at(b, end + 1, to) == '>';
    }
    boolean digitBehind = next == '.' && Bytes.isDigit(Bytes.at(b, end + 1, to));
    return !digitBehind && !Bytes.isLetter(next) && !Bytes.isDigit(next) && next != '_';
  }

  private void address(int at, int end, FieldSink sink) {
    int role = TextRoles.before(b, from, at);
    if (role == TextRoles.NONE && TextRoles.arrowBehind(b, end, to)) {
      role = TextRoles.SOURCE;
    }
    // A version has no port.
    if (role != TextRoles.NONE
        && Bytes.at(b, end, to) != ':'
        && startOfPort(end, false) < 0
        && TextHints.tellsOfVersions(b, from, at)) {
      return;
    }
    if (role == TextRoles.SOURCE && !sink.contains(Names.SOURCE_IP)) {
      put(true, at, end, sink);
      if (wantsUser && users.beside(b, from, at, sink)) {
        wantsUser = false;
      }
    } else if (role == TextRoles.DESTINATION && !sink.contains(Names.DESTINATION_IP)) {
      put(false, at, end, sink);
    } else if (role == TextRoles.NONE) {
      unnamedCount++;
      if (unnamed < 0) {
        unnamed = at;
        unnamedEnd = end;
      }
    }
  }

  private void put(boolean source, int start, int end, FieldSink sink) {
    int at = Addresses.unmapped(b, start, end);
    sink.put(source ? Names.SOURCE_IP : Names.DESTINATION_IP, b, at, end);
    // As in: outside:10.0.0.1/80
    boolean named = start > from && b[start - 1] == ':';
    boolean arrow = TextRoles.arrowBehind(b, end, to) || TextRoles.arrowBefore(b, from, start);
    int port = startOfPort(end, arrow || named);
    int portEnd = port < 0 ? -1 : Bytes.endOfDigits(b, port, to);
    if (portEnd > port && portEnd - port <= LONGEST_PORT) {
      long number = Bytes.number(b, port, portEnd);
      if (number > 0 && number < 65_536) {
        sink.put(source ? Names.SOURCE_PORT : Names.DESTINATION_PORT, number);
      }
    }
  }

  /** Behind an address: {@code :22}, {@code ]:22}, {@code /22}, {@code #22}, {@code port 22}. */
  private int startOfPort(int end, boolean arrow) {
    int at = Bytes.at(b, end, to) == ']' ? end + 1 : end;
    byte next = Bytes.at(b, at, to);
    if (next == ':' || next == '#' || ((next == '[' || next == '(') && at == end)) {
      return at + 1;
    }
    if (next == '/') {
      // What follows a slash may be the length of a network's prefix.
      int digits = Bytes.endOfDigits(b, at + 1, to);
      return arrow || Bytes.number(b, at + 1, digits) > 128 ? at + 1 : -1;
    }
    if (next == ',') {
      next = Bytes.at(b, ++at, to);
    }
    if (next == ' ' && Bytes.startsWith(b, at + 1, to, "port")) {
      int port = at + 5;
      byte mark = Bytes.at(b, port, to);
      return mark == ' ' || mark == '=' || mark == ':' ? Bytes.skipSpaces(b, port + 1, to) : -1;
    }
    return -1;
  }

  private static boolean isHex(byte c) {
    int lower = c | 0x20;
    return Bytes.isDigit(c) || (lower >= 'a' && lower <= 'f');
  }
}

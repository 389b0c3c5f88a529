package dev.logdash.core.parse;

/**
 * The main log of Exim: {@code 2013-03-20 12:44:02 [42] 1UIIN7-0004t9-8R <= ada@a.example
 * H=mx.a.example (helo) [10.0.0.1]:25 I=[10.0.0.2]:25 P=esmtp}. Where mail goes out, the host is
 * the destination. The message is what follows the time.
 */
final class EximParser implements LineFormat {

  private static final String DELIVERIES = "=>->==**>>*>";

  @Override
  public String name() {
    return "exim";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '-';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 4, to) != '-' || Bytes.at(b, from + 10, to) != ' ') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from, to);
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != ' ') {
      return false;
    }
    int at = timeEnd + 1;
    int pid = -1;
    if (Bytes.at(b, at, to) == '[') {
      int close = Bytes.endOfDigits(b, at + 1, to);
      if (Bytes.at(b, close, to) != ']') {
        return false;
      }
      pid = at + 1;
      at = Bytes.skipSpaces(b, close + 1, to);
    }
    if (!read(b, at, to, sink)) {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    if (pid > 0) {
      sink.put(Names.PID, Bytes.number(b, pid, Bytes.endOfDigits(b, pid, to)));
    }
    return true;
  }

  /** Whether a text may be a line of this log without its time, as syslog has it. */
  static boolean mayBeText(byte[] b, int from, int to) {
    return to - from > 20
        && (b[from] == 'H' ? b[from + 1] == '=' : Bytes.isDigit(b[from]) && b[from + 6] == '-');
  }

  /** Reads such a text; whether it is one. */
  static boolean text(byte[] b, int from, int to, FieldSink sink) {
    int idEnd = Bytes.endOfWord(b, from, to);
    boolean message = isMessageId(b, from, idEnd);
    int open = message ? -1 : Bytes.indexOf(b, from, to, '[');
    return (message || (open > 0 && Addresses.end(b, open + 1, to) > 0)) && read(b, from, to, sink);
  }

  private static boolean read(byte[] b, int text, int to, FieldSink sink) {
    int idEnd = Bytes.endOfWord(b, text, to);
    boolean message = isMessageId(b, text, idEnd);
    int flag = message ? Bytes.skipSpaces(b, idEnd, to) : text;
    if (!message && !Bytes.startsWith(b, flag, to, "H=")) {
      return false;
    }
    boolean out = false;
    if (message) {
      sink.put("email.message_id", b, text, idEnd);
      if (Bytes.isSpace(Bytes.at(b, flag + 2, to)) && flag + 2 < to) {
        out = DELIVERIES.contains(new String(new char[] {(char) b[flag], (char) b[flag + 1]}));
        address(b, flag, to, sink);
      }
    }
    hosts(b, flag, to, out, sink);
    rejected(b, flag, to, sink);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Reads {@code F=<ada@a.example> rejected RCPT <bo@b.example>: text}. */
  private static void rejected(byte[] b, int from, int to, FieldSink sink) {
    int sender = Bytes.indexOf(b, from, to, " F=<");
    int senderEnd = sender < 0 ? -1 : Bytes.indexOf(b, sender, to, '>');
    if (senderEnd > 0) {
      sink.put("email.from.address", b, sender + 4, senderEnd);
    }
    int recipient = Bytes.indexOf(b, from, to, " rejected RCPT <");
    int recipientEnd = recipient < 0 ? -1 : Bytes.indexOf(b, recipient, to, '>');
    if (recipientEnd > 0) {
      sink.put("email.to.address", b, recipient + 16, recipientEnd);
    }
  }

  private static void address(byte[] b, int flag, int to, FieldSink sink) {
    int from = Bytes.skipSpaces(b, flag + 2, to);
    int end = Bytes.endOfWord(b, from, to);
    if (Bytes.startsWith(b, flag, to, "<=")) {
      sink.put("email.from.address", b, from, end);
    } else if (Bytes.startsWith(b, flag, to, "=>") || Bytes.startsWith(b, flag, to, "->")) {
      sink.put("email.to.address", b, from, end);
    }
  }

  private static void hosts(byte[] b, int from, int to, boolean out, FieldSink sink) {
    int host = Bytes.startsWith(b, from, to, "H=") ? from : Bytes.indexOf(b, from, to, " H=") + 1;
    if (host > 0 && Bytes.startsWith(b, host, to, "H=")) {
      int end = Bytes.endOfWord(b, host + 2, to);
      if (b[Math.min(host + 2, to - 1)] != '(' && b[Math.min(host + 2, to - 1)] != '[') {
        sink.put(out ? "destination.address" : Names.SOURCE_ADDRESS, b, host + 2, end);
      }
      int open = Bytes.indexOf(b, host, to, '[');
      // A name in round brackets is what the host calls itself, be it an address.
      while (open > 0 && b[open - 1] == '(') {
        open = Bytes.indexOf(b, open + 1, to, '[');
      }
      bracket(b, open, to, out ? Names.DESTINATION_IP : Names.SOURCE_IP, sink);
    }
    int local = Bytes.indexOf(b, from, to, " I=[");
    if (local > 0) {
      bracket(b, local + 3, to, out ? Names.SOURCE_IP : Names.DESTINATION_IP, sink);
    }
    int user = Bytes.indexOf(b, from, to, " A=");
    int colon = user < 0 ? -1 : Bytes.indexOf(b, user, Bytes.endOfWord(b, user + 1, to), ':');
    if (colon > 0) {
      sink.put(Names.USER, b, colon + 1, Bytes.endOfWord(b, colon, to));
    }
  }

  private static void bracket(byte[] b, int open, int to, String name, FieldSink sink) {
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, to, ']');
    if (close > 0) {
      int end = Bytes.at(b, close + 1, to) == ':' ? Bytes.endOfDigits(b, close + 2, to) : close + 1;
      Requests.ip(name, b, open, end, sink);
    }
  }

  /** {@code 1UIIN7-0004t9-8R}, since version 4.97 {@code 1UIIN7-000000004t9-8Rzz}. */
  private static boolean isMessageId(byte[] b, int from, int to) {
    int length = to - from;
    if ((length != 16 && length != 23)
        || b[from + 6] != '-'
        || b[to - (length == 16 ? 3 : 5)] != '-') {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (!Bytes.isLetter(b[at]) && !Bytes.isDigit(b[at]) && b[at] != '-') {
        return false;
      }
    }
    return true;
  }
}

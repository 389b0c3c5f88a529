package dev.logdash.core.parse;

/**
 * Records of the Linux audit daemon: {@code type=USER_LOGIN msg=audit(1364481363.243:24287): pid=1
 * uid=0 msg='op=login acct="ada" addr=10.0.0.1 res=failed'}. The names of the pairs stand under
 * {@code auditd.data}; the message is the whole record.
 */
final class AuditParser implements LineFormat {

  private static final String MARK = "msg=audit(";

  @Override
  public String name() {
    return "auditd";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == 't' || first == 'n' || first == 'a';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '=' || fifth == 't';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int type = Bytes.startsWith(b, from, to, "node=") ? Bytes.endOfWord(b, from, to) + 1 : from;
    boolean kernel = Bytes.startsWith(b, from, to, "audit: ");
    type = kernel ? from + 7 : type;
    if (!Bytes.startsWith(b, type, to, "type=")) {
      return false;
    }
    int typeEnd = Bytes.endOfWord(b, type, to);
    int audit = Bytes.indexOf(b, typeEnd, Math.min(to, typeEnd + 16), kernel ? "audit(" : MARK);
    int time = audit < 0 ? -1 : Bytes.indexOf(b, audit, to, '(') + 1;
    int close = time < 0 ? -1 : Bytes.indexOf(b, time, Math.min(to, time + 40), ')');
    int colon = close < 0 ? -1 : Bytes.indexOf(b, time, close, ':');
    if (colon < 0 || sink.scratch.times.scanEpoch(b, time, colon) != colon) {
      return false;
    }
    sink.scratch.times.deliver(b, time, colon, sink);
    if (type > from && !kernel) {
      sink.put(Names.HOST, b, from + 5, type - 1);
    }
    sink.put("auditd.log.record_type", b, type + 5, typeEnd);
    long sequence = Bytes.number(b, colon + 1, close);
    if (sequence >= 0) {
      sink.put("auditd.log.sequence", sequence);
    }
    int last = Bytes.trimEnd(b, close, to);
    pairs(b, Math.min(close + 2, last), last, sink);
    sink.message(b, from, last);
    return true;
  }

  private static void pairs(byte[] b, int from, int to, FieldSink sink) {
    int at = from;
    while (at < to) {
      while (at < to && (Bytes.isSpace(b[at]) || b[at] == '\'' || b[at] == 0x1d)) {
        at++;
      }
      int equals = Bytes.indexOf(b, at, Bytes.endOfWord(b, at, to), '=');
      if (equals < 0) {
        at = Bytes.endOfWord(b, at, to);
        continue;
      }
      int value = equals + 1;
      if (Bytes.at(b, value, to) == '\'') {
        // The pairs of a program stand in a text of their own.
        at = value + 1;
        continue;
      }
      int end;
      if (Bytes.at(b, value, to) == '"') {
        int quote = Bytes.indexOf(b, value + 1, to, '"');
        end = quote < 0 ? to : quote;
        pair(b, at, equals, value + 1, end, sink);
        at = Math.min(to, end + 1);
      } else {
        end = Bytes.endOfWord(b, value, to);
        int stop = end > value && b[end - 1] == '\'' ? end - 1 : end;
        pair(b, at, equals, value, stop, sink);
        at = end;
      }
    }
  }

  private static void pair(byte[] b, int key, int keyEnd, int from, int to, FieldSink sink) {
    if (from >= to || Bytes.equal(b, from, to, "?") || Bytes.equal(b, from, to, "(null)")) {
      return;
    }
    if (Bytes.equal(b, key, keyEnd, "pid")) {
      put(Names.PID, b, from, to, sink);
    } else if (Bytes.equal(b, key, keyEnd, "ppid")) {
      put("process.parent.pid", b, from, to, sink);
    } else if (Bytes.equal(b, key, keyEnd, "comm")) {
      sink.put(Names.PROCESS, b, from, to);
    } else if (Bytes.equal(b, key, keyEnd, "exe")) {
      sink.put("process.executable", b, from, to);
    } else if (Bytes.equal(b, key, keyEnd, "acct")) {
      sink.put(Names.USER, b, from, to);
    } else if (Bytes.equal(b, key, keyEnd, "addr")) {
      Requests.ip(Names.SOURCE_IP, b, from, to, sink);
    } else if (Bytes.equal(b, key, keyEnd, "op")) {
      sink.put("event.action", b, from, to);
    } else if (Bytes.equal(b, key, keyEnd, "res")) {
      boolean success = Bytes.equal(b, from, to, "success") || Bytes.equal(b, from, to, "1");
      sink.put("event.outcome", success ? "success" : "failure");
    } else if (Bytes.equal(b, key, keyEnd, "uid")) {
      sink.put("user.id", b, from, to);
    } else {
      sink.put(sink.scratch.names.under("auditd.data.", b, key, keyEnd, sink), b, from, to);
    }
  }

  private static void put(String name, byte[] b, int from, int to, FieldSink sink) {
    long number = Bytes.number(b, from, to);
    if (number >= 0) {
      sink.put(name, number);
    }
  }
}

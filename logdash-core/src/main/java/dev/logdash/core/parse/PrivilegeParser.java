package dev.logdash.core.parse;

/**
 * What sudo and cron write behind the header of syslog: {@code ada : TTY=pts/0 ; PWD=/ ; USER=root
 * ; COMMAND=/bin/ls} and {@code (root) CMD (run-parts /etc/cron.hourly)}. The message is the whole
 * text.
 */
final class PrivilegeParser implements LineFormat {

  private static final int LONGEST_NAME = 64;
  private static final String[] ACTIONS = {"CMD", "RELOAD", "LIST", "REPLACE", "BEGIN EDIT"};

  @Override
  public String name() {
    return "sudo";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '(' || Bytes.isLetter(first) || first == '_';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int last = Bytes.trimEnd(b, from, to);
    boolean found =
        Bytes.at(b, from, last) == '(' ? cron(b, from, last, sink) : sudo(b, from, last, sink);
    if (found) {
      sink.message(b, from, last);
    }
    return found;
  }

  private static boolean cron(byte[] b, int from, int to, FieldSink sink) {
    int close = Bytes.indexOf(b, from, Math.min(to, from + LONGEST_NAME), ')');
    if (close <= from + 1 || Bytes.at(b, close + 1, to) != ' ' || b[to - 1] != ')') {
      return false;
    }
    for (String action : ACTIONS) {
      int text = close + 2 + action.length();
      if (Bytes.startsWith(b, close + 2, to, action) && Bytes.startsWith(b, text, to, " (")) {
        sink.put(Names.USER, b, from + 1, close);
        sink.put("event.action", b, close + 2, text);
        if (action.equals("CMD")) {
          sink.put(Names.COMMAND, b, text + 2, to - 1);
        }
        return true;
      }
    }
    return false;
  }

  private static boolean sudo(byte[] b, int from, int to, FieldSink sink) {
    int nameEnd = Bytes.endOfWord(b, from, Math.min(to, from + LONGEST_NAME));
    if (!Bytes.startsWith(b, nameEnd, to, " : ")) {
      return false;
    }
    int command = Bytes.indexOf(b, nameEnd, to, "COMMAND=");
    int user = Bytes.indexOf(b, nameEnd, to, "USER=");
    if (command < 0 || user < 0 || user > command) {
      return false;
    }
    sink.put(Names.USER, b, from, nameEnd);
    sink.put("user.effective.name", b, user + 5, Bytes.endOfWord(b, user, to));
    sink.put(Names.COMMAND, b, command + 8, to);
    int folder = Bytes.indexOf(b, nameEnd, user, "PWD=");
    if (folder > 0) {
      sink.put("process.working_directory", b, folder + 4, Bytes.endOfWord(b, folder, to));
    }
    return true;
  }
}

package dev.logdash.core.parse;

/**
 * What {@code log show} and {@code log stream} print on Apple's systems: {@code 2024-05-01
 * 10:00:00.123456+0000 0x1a2b Error 0x0 123 0 launchd: (libxpc) [com.apple.xpc:job] text}: thread,
 * kind, activity, process and time to live in columns.
 */
final class AppleLogParser implements LineFormat {

  private static final int LONGEST_NAME = 256;
  private static final WordTable KINDS =
      new WordTable("debug", "info default activity state signpost", "error", "fault");
  private static final int[] SEVERITIES = {0, 5, 9, 17, 21};

  @Override
  public String name() {
    return "apple";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '2';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '-';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = sink.scratch.times.scan(b, from, to);
    int thread = timeEnd + 1;
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, " 0x")) {
      return false;
    }
    int threadEnd = Bytes.endOfWord(b, thread, to);
    int kind = Bytes.skipSpaces(b, threadEnd, to);
    int kindEnd = Bytes.endOfWord(b, kind, to);
    int severity = SEVERITIES[KINDS.get(b, kind, kindEnd)];
    int activity = Bytes.skipSpaces(b, kindEnd, to);
    if (severity == 0 || !Bytes.startsWith(b, activity, to, "0x")) {
      return false;
    }
    int pid = Bytes.skipSpaces(b, Bytes.endOfWord(b, activity, to), to);
    int pidEnd = Bytes.endOfDigits(b, pid, to);
    int life = Bytes.skipSpaces(b, pidEnd, to);
    int lifeEnd = Bytes.endOfDigits(b, life, to);
    int process = Bytes.skipSpaces(b, lifeEnd, to);
    int processEnd = Bytes.indexOf(b, process, Math.min(to, process + LONGEST_NAME), ':');
    if (pidEnd == pid || pidEnd - pid > 18 || lifeEnd == life || processEnd <= process) {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.severity(severity, b, kind, kindEnd);
    sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    sink.put(Names.PROCESS, b, process, processEnd);
    sink.put(Names.THREAD, b, thread, threadEnd);
    int text = subsystem(b, Bytes.skipSpaces(b, processEnd + 1, to), to, sink);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Reads {@code (library) [subsystem:category]}; returns where the text behind it begins. */
  private static int subsystem(byte[] b, int from, int to, FieldSink sink) {
    int library = Bytes.at(b, from, to) == '(' ? LayoutWords.closing(b, from, to) : -1;
    int open = library < 0 ? from : Bytes.skipSpaces(b, library + 1, to);
    int close = Bytes.at(b, open, to) == '[' ? LayoutWords.closing(b, open, to) : -1;
    if (close < 0 || Bytes.endOfWord(b, open, close) < close) {
      return from;
    }
    sink.put(Names.LOGGER, b, open + 1, close);
    return library < 0 ? Bytes.skipSpaces(b, close + 1, to) : from;
  }
}

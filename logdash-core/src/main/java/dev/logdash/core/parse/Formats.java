package dev.logdash.core.parse;

import dev.logdash.core.parse.LineFormat.Layer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of the built-in formats, by rank: of several formats that fit a line, the first in this
 * order is the one.
 */
final class Formats {

  static final List<LineFormat> BY_RANK =
      List.of(
          new DockerParser(),
          new JsonParser(),
          new CriParser(),
          new PrefixParser(),
          new Syslog5424Parser(),
          new JulParser(),
          new FtpServerParser(),
          new HypervisorParser(),
          new Syslog3164Parser(),
          new AccessParser(),
          new LoadBalancerParser(),
          new StorageAccessParser(),
          new ExtendedLogParser(),
          new FlowLogParser(),
          new ApplicationServerParser(),
          new MysqlErrorParser(),
          new MysqlQueryParser(),
          new TimeFirstAccessParser(),
          new ProxyManagerParser(),
          new EnvoyParser(),
          new DevelopmentAccessParser(),
          new HaproxyParser(),
          new WindowsEventParser(),
          new CefParser(),
          new LeefParser(),
          new CiscoParser(),
          new GinParser(),
          new ApacheErrorParser(),
          new MonologParser(),
          new NagiosParser(),
          new NginxErrorParser(),
          new KlogParser(),
          new ChromiumParser(),
          new CephParser(),
          new AppleLogParser(),
          new PostgresParser(),
          new RedisParser(),
          new RedisMonitorParser(),
          new SquidParser(),
          new ZeekParser(),
          new CsvLogParser(),
          new EximParser(),
          new MongoTextParser(),
          new SecurityServicesParser(),
          new PrinterParser(),
          new VirtualDesktopParser(),
          new PythonLogParser(),
          new RubyLogParser(),
          new CloudInitParser(),
          new PrivilegeParser(),
          new LogcatParser(),
          new ServiceWrapperParser(),
          new DotnetParser(),
          new RailsParser(),
          new TraceOfCallsParser(),
          new AuditParser(),
          new SupercomputerParser(),
          new CellTextParser(),
          new LayoutParser(),
          new LogfmtParser(),
          new TagParser(),
          new TimedTextParser(),
          new TextParser());

  private static final LineFormat[] FORMATS = BY_RANK.toArray(LineFormat[]::new);

  // A bit for each format, the highest rank lowest.
  private static final long[] BY_FIRST_BYTE = new long[256];
  private static final long[] BY_FIFTH_BYTE = new long[256];
  private static final long IN_CONTAINER;
  private static final long IN_ENVELOPE;
  private static final long BEHIND_TAG;

  static {
    if (FORMATS.length > Long.SIZE) {
      throw new ExceptionInInitializerError("more formats than bits");
    }
    long inContainer = 0;
    long inEnvelope = 0;
    long tag = 0;
    for (int rank = 0; rank < FORMATS.length; rank++) {
      long bit = 1L << rank;
      Layer layer = FORMATS[rank].layer();
      inContainer |= layer == Layer.CONTAINER ? 0 : bit;
      inEnvelope |= layer == Layer.SURE ? bit : 0;
      tag |= FORMATS[rank] instanceof TagParser ? bit : 0;
      for (int first = 0; first < BY_FIRST_BYTE.length; first++) {
        BY_FIRST_BYTE[first] |= FORMATS[rank].mayBeginWith((byte) first) ? bit : 0;
        BY_FIFTH_BYTE[first] |= FORMATS[rank].mayHaveFifth((byte) first) ? bit : 0;
      }
    }
    IN_CONTAINER = inContainer;
    IN_ENVELOPE = inEnvelope;
    BEHIND_TAG = inContainer & ~tag;
  }

  private Formats() {}

  /** The first format that fits the record, which is then in the sink; null if none does. */
  static @Nullable LineFormat recognise(byte[] b, int from, int to, FieldSink sink) {
    int lineEnd = Records.endOfFirstLine(b, from, to);
    int start = start(b, from, lineEnd);
    for (long left = candidates(b, start, to); left != 0; left &= left - 1) {
      LineFormat format = FORMATS[Long.numberOfTrailingZeros(left)];
      if (Records.parse(format, b, start, lineEnd, to, sink)) {
        return format;
      }
    }
    return null;
  }

  /** Where a record begins: spaces before a time or a bracket say nothing. */
  private static int start(byte[] b, int from, int lineEnd) {
    if (from < lineEnd && Bytes.isSpace(b[from])) {
      int at = Bytes.skipSpaces(b, from, lineEnd);
      if (at < lineEnd && (b[at] == '[' || Bytes.isDigit(b[at]))) {
        return at;
      }
    }
    return from;
  }

  /** Parses the line that a container holds into a clear sink. */
  static void parseContent(byte[] b, int from, int to, FieldSink sink) {
    parseInside(IN_CONTAINER, b, from, to, sink);
  }

  /** Parses the line that a container holds if it is of a format that is told apart surely. */
  static boolean parseSure(byte[] b, int from, int to, FieldSink sink) {
    return parseInside(IN_CONTAINER & IN_ENVELOPE, b, from, to, sink);
  }

  /** Parses the line behind a tag, which has no second one. */
  static void parseTagged(byte[] b, int from, int to, FieldSink sink) {
    parseInside(BEHIND_TAG, b, from, to, sink);
  }

  /** Parses a message that may be a record of several lines into a clear sink. */
  static void parseMessage(byte[] b, int from, int to, FieldSink sink) {
    int lineEnd = Records.endOfFirstLine(b, from, to);
    for (long left = candidates(b, from, to) & IN_CONTAINER; left != 0; left &= left - 1) {
      LineFormat format = FORMATS[Long.numberOfTrailingZeros(left)];
      if (Records.parseLines(format, b, from, lineEnd, to, sink)) {
        return;
      }
    }
  }

  /**
   * Puts the text behind the header of an envelope: what it says if it is of a format that is told
   * apart surely, else as the message. Fields of the header stay; the severity of the text is
   * nearer to the event and holds.
   */
  static void putText(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.trimEnd(b, from, to);
    FieldSink inner = sink.scratch.inner();
    if (parseInside(IN_ENVELOPE, b, from, end, inner)
        || (EximParser.mayBeText(b, from, end) && EximParser.text(b, from, end, inner))) {
      sink.adopt(inner);
    } else {
      sink.message(b, from, end);
    }
  }

  private static boolean parseInside(long formats, byte[] b, int from, int to, FieldSink sink) {
    for (long left = candidates(b, from, to) & formats; left != 0; left &= left - 1) {
      if (FORMATS[Long.numberOfTrailingZeros(left)].parse(b, from, to, sink)) {
        return true;
      }
    }
    return false;
  }

  private static long candidates(byte[] b, int from, int to) {
    return BY_FIRST_BYTE[Bytes.at(b, from, to) & 0xff]
        & BY_FIFTH_BYTE[Bytes.at(b, from + 4, to) & 0xff];
  }
}

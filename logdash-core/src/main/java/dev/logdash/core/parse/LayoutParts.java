package dev.logdash.core.parse;

/** The parts of a layout that were found so far, and what they are called. */
final class LayoutParts {

  private static final int MAX_PAIRS = 8;

  int severity;
  final Span level = new Span();
  final Span thread = new Span();
  final Span logger = new Span();
  final Span service = new Span();
  final Span trace = new Span();
  final Span place = new Span();
  final Span line = new Span();
  final Span code = new Span();
  final Span function = new Span();
  final Span process = new Span();
  final Span spans = new Span();
  final Span user = new Span();
  final Span host = new Span();
  final Span number = new Span();
  final Span second = new Span();
  private final Span solr = new Span();
  private final Span request = new Span();

  private final Span[] pairs = new Span[MAX_PAIRS];
  private int pairCount;
  // Whether the pairs are those that OpenTelemetry adds to Python's records, whose layout has the
  // logger in the first bracket.
  private boolean instrumented;

  LayoutParts() {
    for (int i = 0; i < MAX_PAIRS; i++) {
      pairs[i] = new Span();
    }
  }

  void clear() {
    severity = 0;
    level.clear();
    thread.clear();
    logger.clear();
    service.clear();
    trace.clear();
    place.clear();
    line.clear();
    code.clear();
    function.clear();
    process.clear();
    spans.clear();
    user.clear();
    host.clear();
    number.clear();
    second.clear();
    solr.clear();
    request.clear();
    pairCount = 0;
    instrumented = false;
  }

  void deliver(byte[] b, FieldSink sink) {
    sink.severity(severity, b, level.from(), level.to());
    if (thread.isSet() && !logger.isSet() && LayoutWords.isModule(b, thread.from(), thread.to())) {
      // No thread is called like a module of Rust or Python, or a class of Java.
      logger.set(thread);
      thread.clear();
    }
    if (instrumented && thread.isSet() && !logger.isSet()) {
      logger.set(thread);
      thread.clear();
    }
    if (!thread.isSet() || !putClient(b, thread.from(), thread.to(), sink)) {
      thread.put(Names.THREAD, b, sink);
    }
    line.putNumber(Names.ORIGIN_LINE, b, sink);
    code.put("event.code", b, sink);
    request.put("http.request.id", b, sink);
    if (logger.isSet()) {
      deliverLogger(b, logger.from(), logger.to(), sink);
    }
    if (place.isSet()) {
      CodeLocation.put(b, place.from(), place.to(), sink);
    }
    function.put(Names.ORIGIN_FUNCTION, b, sink);
    process.put(Names.PROCESS, b, sink);
    if (spans.isSet()) {
      sink.put("tracing.spans", TracingSpans.names(b, spans.from(), spans.to()));
    }
    user.put(Names.USER, b, sink);
    service.put(Names.SERVICE, b, sink);
    host.put(Names.HOST, b, sink);
    if (trace.isSet()) {
      sink.put(Names.TRACE, b, trace.from(), trace.to() - 17);
      sink.put(Names.SPAN, b, trace.to() - 16, trace.to());
    }
    number.putNumber(Names.PID, b, sink);
    second.putNumber(Names.THREAD_ID, b, sink);
    SolrContext.put(b, solr.from(), solr.to(), sink);
    for (int i = 0; i < pairCount; i++) {
      Pairs.put(b, pairs[i].from(), pairs[i].to(), sink);
    }
  }

  /** Puts an address in place of a thread, of LiteSpeed {@code 10.0.0.1:50000:HTTP2-41#shop}. */
  private static boolean putClient(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.isDigit(b[from]) ? Addresses.end(b, from, to) : -1;
    int port = end > 0 && Bytes.at(b, end, to) == ':' ? Bytes.endOfDigits(b, end + 1, to) : -1;
    byte mark = port > end + 1 ? Bytes.at(b, port, to) : 0;
    boolean more = (mark == ':' || mark == '-') && Bytes.indexOf(b, port, to, '#') > 0;
    return Requests.ip(Names.SOURCE_IP, b, from, more ? port : to, sink);
  }

  private void deliverLogger(byte[] b, int from, int to, FieldSink sink) {
    if (line.isSet() && CodeLocation.isFile(b, from, to)) {
      sink.put(Names.ORIGIN_FILE, b, from, to);
    } else if (CodeLocation.is(b, from, to)) {
      CodeLocation.put(b, from, to, sink);
    } else if (LayoutWords.isMethod(b, from, to)) {
      CodeLocation.method(b, from, to, sink);
    } else {
      logger.put(Names.LOGGER, b, sink);
    }
  }

  /** Takes {@code module:function:line}, as Loguru prints it. */
  boolean takeCall(byte[] b, int from, int end) {
    int last = end;
    while (last > from && Bytes.isDigit(b[last - 1])) {
      last--;
    }
    int middle = last - 1;
    while (middle > from && b[middle - 1] != ':') {
      middle--;
    }
    if (last == end
        || end - last > 7
        || last - 1 <= middle
        || b[last - 1] != ':'
        || middle - 1 <= from
        || !LayoutWords.isLogger(b, from, middle - 1)) {
      return false;
    }
    logger.set(from, middle - 1);
    function.set(middle, last - 1);
    line.set(last, end);
    return true;
  }

  /** Takes {@code web[request][a.b.Shop]} of SonarQube; returns where it ends, or -1. */
  int takeNamedLogger(byte[] b, int from, int to) {
    int open = from;
    while (open < to && Bytes.isLetter(b[open])) {
      open++;
    }
    int limit = Math.min(to, open + LayoutWords.LONGEST);
    int close =
        open > from && Bytes.at(b, open, to) == '[' ? Bytes.indexOf(b, open, limit, ']') : -1;
    int end =
        close > 0 && Bytes.at(b, close + 1, to) == '[' ? Bytes.indexOf(b, close, limit, "] ") : -1;
    end = end == close && end > 0 ? -1 : end;
    if (end < 0 || !LayoutWords.isClass(b, close + 2, end)) {
      return -1;
    }
    process.set(from, open);
    logger.set(close + 2, end);
    return end + 1;
  }

  /** Takes {@code shop.c:42:buy}. */
  void takeFunction(byte[] b, int from, int end) {
    int last = end;
    while (b[last - 1] != ':') {
      last--;
    }
    place.set(from, last - 1);
    function.set(last, end);
  }

  /** Takes {@code thread:Class@line}. */
  boolean takeZooKeeper(byte[] b, int from, int end) {
    if (!Bytes.isDigit(b[end - 1])) {
      return false;
    }
    int at = end;
    while (at > from && b[at - 1] != '@') {
      at--;
    }
    int name = at - 1;
    while (name > from && b[name - 1] != ':') {
      name--;
    }
    if (name - 1 <= from
        || Bytes.number(b, at, end) < 0
        || !LayoutWords.isLogger(b, name, at - 1)) {
      return false;
    }
    thread.set(from, name - 1);
    logger.set(name, at - 1);
    line.set(at, end);
    return true;
  }

  /**
   * Takes {@code trace-span} or {@code service,trace,span}; Sleuth before version 3 writes behind
   * the span whether it is exported, and nothing for ids that are not there.
   */
  boolean takeTrace(byte[] b, int from, int close) {
    int end = withoutExport(b, from, close);
    if (end < close && b[end - 1] == ',') {
      return takeServiceAlone(b, from, end);
    }
    int middle = end - 17;
    if (middle <= from || trace.isSet() || (b[middle] != '-' && b[middle] != ',')) {
      return false;
    }
    int start = middle;
    while (start > from && b[start - 1] != ',') {
      start--;
    }
    if (!LayoutWords.isTraceAndSpan(b, start, middle, end)) {
      return false;
    }
    trace.set(start, end);
    if (start - 1 > from) {
      service.set(from, start - 1);
    }
    return true;
  }

  private static int withoutExport(byte[] b, int from, int end) {
    byte last = b[end - 1];
    if (last != 'e' && last != ',') {
      return end;
    }
    int comma = end - 1;
    while (comma > from && b[comma] != ',' && end - comma < 7) {
      comma--;
    }
    boolean exports =
        comma > from
            && b[comma] == ','
            && (comma + 1 == end
                || Bytes.equal(b, comma + 1, end, "true")
                || Bytes.equal(b, comma + 1, end, "false"));
    return exports ? comma : end;
  }

  /** As in: shop,,, */
  private boolean takeServiceAlone(byte[] b, int from, int end) {
    int name = end;
    while (name > from && b[name - 1] == ',') {
      name--;
    }
    if (end - name < 1
        || name == from
        || service.isSet()
        || Bytes.indexOf(b, from, name, ' ') > 0) {
      return false;
    }
    service.set(from, name);
    return true;
  }

  /**
   * Takes a place in the code. Artifactory has its service in the first bracket and the id of the
   * request in front of the class, the thread behind it: {@code [jfrt ] [INFO ] [4bf92f35]
   * [o.a.Shop:42] [main] - text}.
   */
  void takePlace(byte[] b, int from, int end) {
    place.set(from, end);
    if (thread.isSet() && logger.isSet() && CodeLocation.isClassWithLine(b, from, end)) {
      service.set(thread);
      thread.clear();
      request.set(logger);
      logger.clear();
    }
  }

  boolean takeSolr(byte[] b, int from, int end) {
    boolean is = !solr.isSet() && SolrContext.is(b, from, end);
    if (is) {
      solr.set(from, end);
    }
    return is;
  }

  boolean takePairs(byte[] b, int from, int end) {
    int wordEnd = Bytes.endOfWord(b, from, end);
    // Zimbra has who is signed in at the front, and a semicolon behind each pair.
    if (Bytes.startsWith(b, from, end, "name=")
        && b[end - 1] == ';'
        && (Bytes.indexOf(b, from, end, ";mid=") > 0
            || Bytes.indexOf(b, from, end, ";ip=") > 0
            || Bytes.indexOf(b, from, end, ";oip=") > 0
            || Bytes.indexOf(b, from, end, ";ua=") > 0)) {
      user.set(from + 5, Bytes.indexOf(b, from, end, ';'));
    }
    instrumented |=
        Bytes.startsWith(b, from, end, "trace_id=")
            && Bytes.indexOf(b, wordEnd, end, " resource.service.name=") >= 0;
    return LayoutWords.isPair(b, from, wordEnd) && pair(b, from, end);
  }

  /**
   * Takes the process in front of brackets with pairs, as VMware's programs write it: {@code
   * vpxd[42] [Originator@6876 sub=a opID=b]}, {@code sts[42:main] [CorId=a] [a.b.Shop]}. Returns
   * where the last of these pairs end, or -1.
   */
  int takeProcess(byte[] b, int from, int to) {
    int open = from;
    while (open < to && (Bytes.isLetter(b[open]) || b[open] == '-')) {
      open++;
    }
    int close = open > from && Bytes.at(b, open, to) == '[' ? Bytes.indexOf(b, open, to, ']') : -1;
    if (close < 0 || !Bytes.startsWith(b, close, to, "] [")) {
      return -1;
    }
    int pairs = close + 3;
    int end = Bytes.indexOf(b, pairs, to, ']');
    int first = pairs;
    if (Bytes.startsWith(b, pairs, to, "Originator@")) {
      first = Bytes.skipSpaces(b, Bytes.endOfWord(b, pairs, to), to);
    } else if (!Bytes.startsWith(b, pairs, to, "CorId=")) {
      return -1;
    }
    if (end < first || !LayoutWords.isPair(b, first, Bytes.endOfWord(b, first, end))) {
      return -1;
    }
    int pidEnd = Bytes.endOfDigits(b, open + 1, close);
    if (pidEnd > open + 1 && pidEnd - open < 18 && (pidEnd == close || b[pidEnd] == ':')) {
      number.set(open + 1, pidEnd);
      thread.set(Math.min(pidEnd + 1, close), close);
    } else {
      thread.set(open + 1, close);
    }
    process.set(from, open);
    if (first > pairs && Bytes.startsWith(b, first, end, "sub=")) {
      logger.set(first + 4, Math.min(end, Bytes.endOfWord(b, first, end)));
    }
    pair(b, first, end);
    return end + 1;
  }

  boolean pair(byte[] b, int from, int end) {
    if (pairCount == MAX_PAIRS) {
      return false;
    }
    pairs[pairCount++].set(from, end);
    return true;
  }
}

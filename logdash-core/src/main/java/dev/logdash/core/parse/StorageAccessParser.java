package dev.logdash.core.parse;

/**
 * Access logs of Amazon's object storage: {@code owner bucket [06/Feb/2019:00:00:38 +0000] 10.0.0.1
 * requester id REST.GET.OBJECT key "GET /a HTTP/1.1" 200 - 113 - 7 5 "-" "agent" -}. The message is
 * the whole line.
 */
final class StorageAccessParser implements LineFormat {

  private static final long MILLI = 1_000_000L;

  @Override
  public String name() {
    return "aws-s3";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || (first >= 'a' && first <= 'f') || first == '-';
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int owner = Bytes.endOfWord(b, from, Math.min(to, from + 80));
    int bucket = Bytes.endOfWord(b, Math.min(owner + 1, to), Math.min(to, owner + 80));
    if ((owner - from != 64 && owner - from != 1)
        || !Bytes.startsWith(b, bucket, to, " [")
        || !Bytes.isDigit(Bytes.at(b, bucket + 2, to))) {
      return false;
    }
    Cells cells = sink.scratch.cells;
    if (cells.cut(b, from, to, ' ') < 17
        || sink.scratch.times.scan(b, cells.from(2), cells.to(2)) != cells.to(2)
        || Bytes.indexOf(b, cells.from(6), cells.to(6), '.') < 0) {
      return false;
    }
    sink.scratch.times.deliver(b, cells.from(2), cells.to(2), sink);
    cells.text(1, "aws.s3.bucket.name", sink);
    cells.address(3, Names.SOURCE_IP, sink);
    cells.text(4, Names.USER, sink);
    cells.text(5, "http.request.id", sink);
    cells.text(6, "event.action", sink);
    cells.text(7, "aws.s3.object.key", sink);
    if (!cells.isNothing(8)) {
      Requests.line(b, cells.from(8), cells.to(8), sink);
    }
    cells.status(9, sink);
    cells.text(10, Names.ERROR_CODE, sink);
    cells.number(11, Names.RESPONSE_BYTES, sink);
    cells.duration(13, MILLI, sink);
    cells.text(15, Names.REFERRER, sink);
    cells.text(16, Names.USER_AGENT, sink);
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }
}

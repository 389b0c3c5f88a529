package dev.logdash.core.parse;

/**
 * What {@code redis-cli monitor} prints: {@code 1339518083.107412 [0 127.0.0.1:60866] "keys" "*"}.
 */
final class RedisMonitorParser implements LineFormat {

  @Override
  public String name() {
    return "redis-monitor";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 10, to) != '.') {
      return false;
    }
    int timeEnd = Bytes.endOfWord(b, from, Math.min(to, from + 20));
    int database = timeEnd + 2;
    int databaseEnd = Bytes.endOfDigits(b, Math.min(database, to), to);
    int close = Bytes.indexOf(b, databaseEnd, Math.min(to, databaseEnd + 80), ']');
    if (!Bytes.startsWith(b, timeEnd, to, " [")
        || databaseEnd == database
        || Bytes.at(b, databaseEnd, to) != ' '
        || close < 0
        || !Bytes.startsWith(b, close, to, "] \"")
        || sink.scratch.times.scanEpoch(b, from, timeEnd) != timeEnd) {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.put("redis.database", Bytes.number(b, database, databaseEnd));
    Requests.ip(Names.SOURCE_IP, b, databaseEnd + 1, close, sink);
    sink.message(b, close + 2, Bytes.trimEnd(b, close, to));
    return true;
  }
}

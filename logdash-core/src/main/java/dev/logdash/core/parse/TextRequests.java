package dev.logdash.core.parse;

/** Finds an HTTP request in free text: {@code "GET /a HTTP/1.1" 200} or {@code POST /a}. */
final class TextRequests {

  private TextRequests() {}

  /** Puts the request whose method is the word in the range, if it is one; whether it is. */
  static boolean at(byte[] b, int from, int word, int wordEnd, int to, FieldSink sink) {
    if (wordEnd - word < 3
        || !isKnownMethod(b, word, wordEnd)
        || !Bytes.startsWith(b, wordEnd, to, " ")) {
      return false;
    }
    int url = wordEnd + 1;
    byte first = Bytes.at(b, url, to);
    if (first != '/' && !Bytes.startsWith(b, url, to, "http")) {
      return false;
    }
    if (word > from && b[word - 1] == '"') {
      int end = HttpExchange.closingQuote(b, word, to);
      if (end < 0 || !Requests.line(b, word, end, sink)) {
        return false;
      }
      int status = Bytes.skipSpaces(b, end + 1, to);
      int statusEnd = Bytes.endOfDigits(b, status, to);
      long code = Bytes.number(b, status, statusEnd);
      // A number that is known for the bytes of the answer is no status.
      if (statusEnd == status + 3
          && !sink.contains(Names.RESPONSE_BYTES)
          && code >= 100
          && code < 600) {
        sink.put(Names.STATUS, code);
      }
      return true;
    }
    int end = url;
    while (end < to && !Bytes.isSpace(b[end]) && "\"',;)]".indexOf(b[end]) < 0) {
      end++;
    }
    if (end > url && b[end - 1] == ':') {
      end--;
    }
    return Requests.url(b, url, end, sink) && Requests.method(b, word, wordEnd, sink);
  }

  private static boolean isKnownMethod(byte[] b, int from, int to) {
    switch (b[from]) {
      case 'G':
        return Bytes.equal(b, from, to, "GET");
      case 'P':
        return Bytes.equal(b, from, to, "POST")
            || Bytes.equal(b, from, to, "PUT")
            || Bytes.equal(b, from, to, "PATCH");
      case 'H':
        return Bytes.equal(b, from, to, "HEAD");
      case 'D':
        return Bytes.equal(b, from, to, "DELETE");
      case 'O':
        return Bytes.equal(b, from, to, "OPTIONS");
      default:
        return false;
    }
  }
}

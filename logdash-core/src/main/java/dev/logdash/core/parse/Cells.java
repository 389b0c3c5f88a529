package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A line cut into cells at a separator. Behind every separator but a tab a quote encloses a cell,
 * behind a space a square bracket too; of more than {@value #MAX_CELLS} cells the rest is left out.
 */
final class Cells {

  private static final int MAX_CELLS = 128;

  private byte[] b = new byte[0];
  private final int[] from = new int[MAX_CELLS];
  private final int[] to = new int[MAX_CELLS];
  private int size;

  /** Cuts the range; returns the count of cells. */
  int cut(byte[] buffer, int start, int end, char separator) {
    b = buffer;
    size = 0;
    int at = start;
    while (at < end && size < MAX_CELLS) {
      byte first = b[at];
      boolean quoted = first == '"' && separator != '\t';
      boolean bracket = first == '[' && separator == ' ';
      int close = quoted || bracket ? close(at, end, separator) : -1;
      if (close > 0) {
        from[size] = at + 1;
        to[size++] = close;
        at = close + 1;
      } else {
        int next = Bytes.indexOf(b, at, end, separator);
        from[size] = at;
        to[size++] = next < 0 ? end : next;
        at = next < 0 ? end : next;
      }
      at++;
    }
    return size;
  }

  /** Cuts the range at every separator, as Zeek does; returns the count of cells. */
  int cutPlain(byte[] buffer, int start, int end, char separator) {
    b = buffer;
    size = 0;
    int at = start;
    while (at < end && size < MAX_CELLS) {
      int next = Bytes.indexOf(b, at, end, separator);
      from[size] = at;
      to[size++] = next < 0 ? end : next;
      at = next < 0 ? end : next + 1;
    }
    return size;
  }

  private int close(int at, int end, char separator) {
    int close = Bytes.indexOf(b, at + 1, end, b[at] == '[' ? ']' : '"');
    while (close > 0 && b[at] == '"') {
      if (separator != ' ' && Bytes.at(b, close + 1, end) == '"') {
        close = Bytes.indexOf(b, close + 2, end, '"');
      } else if (separator == ' ' && b[close - 1] == '\\') {
        close = Bytes.indexOf(b, close + 1, end, '"');
      } else {
        break;
      }
    }
    return close > 0 && (close + 1 == end || b[close + 1] == separator) ? close : -1;
  }

  int size() {
    return size;
  }

  int from(int cell) {
    return cell < size ? from[cell] : 0;
  }

  int to(int cell) {
    return cell < size ? to[cell] : 0;
  }

  boolean is(int cell, String text) {
    return cell < size && Bytes.equal(b, from[cell], to[cell], text);
  }

  boolean isAddress(int cell) {
    return cell < size && Addresses.fills(b, from[cell], to[cell]);
  }

  /** The whole number in a cell, or -1. */
  long number(int cell) {
    return cell < size ? Bytes.number(b, from[cell], to[cell]) : -1;
  }

  /** Whether the cell is missing, empty, or a dash. */
  boolean isNothing(int cell) {
    return cell >= size || from[cell] == to[cell] || HttpExchange.isDash(b, from[cell], to[cell]);
  }

  void text(int cell, String name, FieldSink sink) {
    if (!isNothing(cell)) {
      sink.put(name, b, from[cell], to[cell]);
    }
  }

  void number(int cell, String name, FieldSink sink) {
    long number = number(cell);
    if (number >= 0) {
      sink.put(name, number);
    }
  }

  /** Puts an address with or without a port. */
  void address(int cell, String name, FieldSink sink) {
    if (!isNothing(cell)) {
      Requests.ip(name, b, from[cell], to[cell], sink);
    }
  }

  void status(int cell, FieldSink sink) {
    long status = number(cell);
    if (status > 0) {
      HttpExchange.status(status, sink);
    }
  }

  void method(int cell, FieldSink sink) {
    if (cell < size) {
      Requests.method(b, from[cell], to[cell], sink);
    }
  }

  void url(int cell, FieldSink sink) {
    if (!isNothing(cell)) {
      Requests.url(b, from[cell], to[cell], sink);
    }
  }

  /** Puts a duration that counts units of so many nanoseconds. */
  void duration(int cell, long scale, FieldSink sink) {
    if (!isNothing(cell)) {
      Durations.text(scale, b, from[cell], to[cell], sink);
    }
  }

  /** Puts the time that fills a cell; whether one does. */
  boolean time(int cell, FieldSink sink) {
    if (cell >= size || !sink.scratch.times.scanWhole(b, from[cell], to[cell])) {
      return false;
    }
    sink.scratch.times.deliver(b, from[cell], to[cell], sink);
    return true;
  }

  String string(int cell) {
    return cell < size ? new String(b, from[cell], to[cell] - from[cell], UTF_8) : "";
  }
}

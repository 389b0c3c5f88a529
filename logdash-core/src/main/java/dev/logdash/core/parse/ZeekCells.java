package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Values of Zeek whose type the header says. */
final class ZeekCells {

  private static final String EMPTY = "(empty)";

  private ZeekCells() {}

  /** Puts the value in the range, which is not unset; false if it is put like any other. */
  static boolean put(Key key, String type, byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.equal(b, from, to, EMPTY)) {
      return true;
    }
    switch (type) {
      case "bool":
        sink.put(key.own(), b[from] == 'T');
        return true;
      case "string":
        FieldMapper.text(key, b, from, to, false, sink);
        return true;
      case "double":
      case "interval":
        return decimal(key, b, from, to, sink);
      default:
        boolean several = type.startsWith("set[") || type.startsWith("vector[");
        if (several) {
          String all = new String(b, from, to - from, UTF_8);
          FieldMapper.list(key, List.of(all.split(",", -1)), sink);
        }
        return several;
    }
  }

  private static boolean decimal(Key key, byte[] b, int from, int to, FieldSink sink) {
    int digits = b[from] == '-' ? from + 1 : from;
    int point = Bytes.endOfDigits(b, digits, to);
    boolean fraction = point > digits && Bytes.at(b, point, to) == '.';
    if (!fraction || Bytes.endOfDigits(b, point + 1, to) != to || to == point + 1) {
      return false;
    }
    double value = Double.parseDouble(new String(b, from, to - from, UTF_8));
    FieldMapper.decimal(key, value, b, from, to, sink);
    return true;
  }

  /** The text with its bytes in place of {@code \x2c} and the like. */
  static String unescape(byte[] b, int from, int to) {
    byte[] bytes = new byte[to - from];
    int size = 0;
    for (int at = from; at < to; at++) {
      int high = at + 3 < to && b[at] == '\\' && b[at + 1] == 'x' ? hex(b[at + 2]) : -1;
      int low = high < 0 ? -1 : hex(b[at + 3]);
      bytes[size++] = low < 0 ? b[at] : (byte) (16 * high + low);
      at += low < 0 ? 0 : 3;
    }
    return new String(bytes, 0, size, UTF_8);
  }

  private static int hex(byte digit) {
    return Character.digit((char) (digit & 0xff), 16);
  }
}

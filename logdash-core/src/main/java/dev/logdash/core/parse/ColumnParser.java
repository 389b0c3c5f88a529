package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines whose columns a {@link HeaderLine} names. A line fits if it has as many cells, and its time
 * is one. The message is the column of that name, else the whole line.
 */
final class ColumnParser implements LineParser {

  private static final int NONE = -1;

  private final HeaderLine header;
  private final Key[] keys;
  private final List<String> types;
  private final String dataset;
  private final int day;
  private final int time;
  private final int path;
  private final int query;

  ColumnParser(HeaderLine header) {
    this.header = header;
    List<Key> all = new ArrayList<>();
    for (String name : header.names()) {
      all.add(key(header, name));
    }
    keys = all.toArray(Key[]::new);
    ZeekHeader zeek = header.zeek();
    types = zeek == null ? List.of() : zeek.types();
    dataset = zeek == null || zeek.path().isEmpty() ? "" : "zeek." + zeek.path();
    List<String> names = header.names().stream().map(ColumnParser::plain).toList();
    int date = names.indexOf("date");
    int clock = names.indexOf("time");
    // Two columns make one time where both are there; each alone may be a whole one.
    boolean apart = date >= 0 && clock >= 0;
    day = apart ? date : NONE;
    time = apart ? clock : firstTime();
    path = header.isExtended() ? names.indexOf("csuristem") : NONE;
    query = header.isExtended() ? names.indexOf("csuriquery") : NONE;
  }

  private static Key key(HeaderLine header, String name) {
    if (header.zeek() != null) {
      return ZeekKeys.of(name);
    }
    return header.isExtended() ? ExtendedColumns.key(name) : KnownKeys.of(name);
  }

  /** The parser of what stands behind a header; null if the text is none. */
  static @Nullable LineParser of(String headerText) {
    HeaderLine header = HeaderLine.read(headerText);
    return header == null ? null : new ColumnParser(header);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    Cells cells = sink.scratch.cells;
    int end = to;
    while (end > from && b[end - 1] == '\r') {
      end--;
    }
    char separator = header.separator();
    int size =
        header.zeek() == null
            ? cells.cut(b, from, end, separator)
            : cells.cutPlain(b, from, end, separator);
    boolean lastIsEmpty = size == keys.length - 1 && end > from && b[end - 1] == separator;
    if ((size != keys.length && !lastIsEmpty) || !putTime(b, cells, sink)) {
      sink.clear();
      return false;
    }
    for (int cell = 0; cell < size; cell++) {
      if (cell != day && cell != time && cell != path && cell != query) {
        put(cell, b, cells.from(cell), cells.to(cell), sink);
      }
    }
    if (path >= 0) {
      ExtendedColumns.target(cells, path, query, sink);
    }
    if (!dataset.isEmpty()) {
      sink.put("event.dataset", dataset);
    }
    sink.message(b, from, Bytes.trimEnd(b, from, end));
    return true;
  }

  private int firstTime() {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].role() == Key.Role.TIME) {
        return i;
      }
    }
    return NONE;
  }

  /** Puts the time; false if the line has none where its header says one. */
  private boolean putTime(byte[] b, Cells cells, FieldSink sink) {
    if (time < 0) {
      return true;
    }
    if (day < 0) {
      return cells.isNothing(time)
          || cells.time(time, sink)
          || timeOfDay(b, cells.from(time), cells.to(time), sink);
    }
    int dayLength = cells.to(day) - cells.from(day);
    int clockLength = cells.to(time) - cells.from(time);
    byte[] text = sink.scratch.bytes(dayLength + 1 + clockLength);
    System.arraycopy(b, cells.from(day), text, 0, dayLength);
    text[dayLength] = ' ';
    System.arraycopy(b, cells.from(time), text, dayLength + 1, clockLength);
    sink.scratch.times.forget();
    int length = dayLength + 1 + clockLength;
    boolean found = sink.scratch.times.scan(text, 0, length) == length;
    if (found && day + 1 == time) {
      sink.scratch.times.deliver(b, cells.from(day), cells.to(time), sink);
    } else if (found) {
      sink.scratch.times.deliver(b, cells.from(time), cells.to(time), sink);
    }
    sink.scratch.times.forget();
    return found;
  }

  private static boolean timeOfDay(byte[] b, int from, int to, FieldSink sink) {
    if (sink.scratch.times.scanTimeOfDay(b, from, to) != to) {
      return false;
    }
    sink.scratch.times.deliver(b, from, to, sink);
    return true;
  }

  private void put(int cell, byte[] b, int from, int to, FieldSink sink) {
    if (from >= to || HttpExchange.isDash(b, from, to)) {
      return;
    }
    Key key = keys[cell];
    boolean plain = key.role() == Key.Role.TEXT || key.role() == Key.Role.PLAIN;
    if (header.zeek() != null && plain && Bytes.indexOf(b, from, to, "\\x") >= 0) {
      FieldMapper.unescapedText(key, ZeekCells.unescape(b, from, to), sink);
      return;
    }
    if (!types.isEmpty() && ZeekCells.put(key, types.get(cell), b, from, to, sink)) {
      return;
    }
    if (header.isExtended() && ExtendedColumns.put(key, b, from, to, sink)) {
      return;
    }
    int quotes = Bytes.indexOf(b, from, to, "\"\"");
    if (quotes >= 0 && !header.isExtended()) {
      String text = new String(b, from, to - from, UTF_8);
      FieldMapper.unescapedText(key, text.replace("\"\"", "\""), sink);
      return;
    }
    int digits = b[from] == '-' ? from + 1 : from;
    long number = Bytes.number(b, digits, to);
    // A leading zero belongs to an identifier.
    if (number >= 0 && (b[digits] != '0' || to - digits == 1)) {
      FieldMapper.whole(key, digits > from ? -number : number, b, from, to, sink);
    } else {
      FieldMapper.text(key, b, from, to, false, sink);
    }
  }

  private static String plain(String name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        letters.append(Character.toLowerCase(c));
      }
    }
    return letters.toString();
  }
}

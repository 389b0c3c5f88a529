package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text as RFC 8259 has it and hands the members of its objects to a sink, nested
 * names joined with dots. Bytes in strings need not be UTF-8. Of members with one name the first
 * stays.
 *
 * <p>Bounds: {@value #MAX_DEPTH} levels, {@value #MAX_MEMBERS} members, names of {@value #MAX_NAME}
 * bytes, numbers of {@value #MAX_NUMBER} bytes. What goes beyond them is not accepted.
 */
final class JsonScanner {

  static final int MAX_DEPTH = 64;
  static final int MAX_MEMBERS = 1_000;
  static final int MAX_NAME = 1_024;
  static final int MAX_NUMBER = 1_000;

  private static final int INVALID = -1;
  // A double holds every whole number of 15 digits, and every power of ten up to the 22nd.
  private static final int EXACT_DIGITS = 15;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private byte[] name = new byte[256];
  private int nameLength;
  private int members;
  private byte[] b = new byte[0];
  private int to;
  // Null while only the form is checked.
  private @Nullable FieldSink sink;

  // What the last number was.
  private boolean whole;

  /** Whether the range is one JSON text of any kind. */
  boolean isValid(byte[] buffer, int from, int end) {
    return scan(buffer, from, end, null);
  }

  /** Hands over the members of an object; false, with an unclear sink, if it is none. */
  boolean readObject(byte[] buffer, int from, int end, FieldSink target) {
    int at = skipWhite(buffer, from, end);
    return at < end && buffer[at] == '{' && scan(buffer, at, end, target);
  }

  private boolean scan(byte[] buffer, int from, int end, @Nullable FieldSink target) {
    b = buffer;
    to = end;
    sink = target;
    nameLength = 0;
    members = 0;
    int at = value(skipWhite(b, from, to), 0);
    boolean valid = at != INVALID && skipWhite(b, at, to) == to;
    sink = null;
    return valid;
  }

  /** Returns where the value ends that starts here. */
  private int value(int at, int depth) {
    if (at >= to || depth > MAX_DEPTH) {
      return INVALID;
    }
    switch (b[at]) {
      case '{':
        return object(at, depth);
      case '[':
        return array(at, depth);
      case '"':
        return string(at);
      case 't':
        return word(at, "true");
      case 'f':
        return word(at, "false");
      case 'n':
        return word(at, "null");
      default:
        return number(at);
    }
  }

  private int object(int from, int depth) {
    if (depth >= MAX_DEPTH) {
      return INVALID;
    }
    int at = skipWhite(b, from + 1, to);
    if (at < to && b[at] == '}') {
      return at + 1;
    }
    int prefix = nameLength;
    while (at < to && b[at] == '"' && ++members <= MAX_MEMBERS) {
      int end = string(at);
      if (end == INVALID || !appendName(at + 1, end - 1, prefix)) {
        return INVALID;
      }
      at = skipWhite(b, end, to);
      if (at >= to || b[at] != ':') {
        return INVALID;
      }
      at = member(skipWhite(b, at + 1, to), depth + 1);
      nameLength = prefix;
      if (at == INVALID) {
        return INVALID;
      }
      at = skipWhite(b, at, to);
      if (at < to && b[at] == '}') {
        return at + 1;
      }
      if (at >= to || b[at] != ',') {
        return INVALID;
      }
      at = skipWhite(b, at + 1, to);
    }
    return INVALID;
  }

  private boolean appendName(int from, int end, int prefix) {
    if (sink == null) {
      return true;
    }
    byte[] text = b;
    int start = from;
    int stop = end;
    if (Bytes.indexOf(b, from, end, '\\') >= 0) {
      text = JsonStrings.unescape(b, from, end).getBytes(UTF_8);
      start = 0;
      stop = text.length;
    }
    int length = stop - start;
    if (prefix + 1 + length > MAX_NAME) {
      return false;
    }
    if (prefix + 1 + length > name.length) {
      name = Arrays.copyOf(name, MAX_NAME);
    }
    nameLength = prefix;
    if (prefix > 0) {
      name[nameLength++] = '.';
    }
    System.arraycopy(text, start, name, nameLength, length);
    nameLength += length;
    return true;
  }

  /** Reads the value of a member and puts it under the current name. */
  private int member(int at, int depth) {
    FieldSink target = sink;
    if (target == null || at >= to || b[at] == '{') {
      return value(at, depth);
    }
    byte first = b[at];
    Key key = target.keys.get(name, 0, nameLength);
    if (first == '[') {
      return arrayMember(key, at, depth, target);
    }
    int end = value(at, depth);
    if (end == INVALID) {
      return INVALID;
    }
    if (first == '"') {
      boolean escaped = Bytes.indexOf(b, at + 1, end - 1, '\\') >= 0;
      FieldMapper.text(key, b, at + 1, end - 1, escaped, target);
    } else if (first == 't' || first == 'f') {
      target.put(key.own(), first == 't');
    } else if (first != 'n') {
      putNumber(key, at, end, target);
    }
    return end;
  }

  private int arrayMember(Key key, int from, int depth, FieldSink target) {
    sink = null;
    int end = value(from, depth);
    sink = target;
    if (end == INVALID) {
      return INVALID;
    }
    List<String> elements = scalars(from, end);
    if (elements == null) {
      FieldMapper.text(key, b, from, end, false, target);
    } else if (!elements.isEmpty()) {
      FieldMapper.list(key, elements, target);
    }
    return end;
  }

  /** The elements of a valid array as texts, or null if one of them is no scalar. */
  private @Nullable List<String> scalars(int from, int end) {
    List<String> elements = new ArrayList<>();
    int at = skipWhite(b, from + 1, end);
    while (at < end - 1) {
      byte first = b[at];
      if (first == '{' || first == '[') {
        return null;
      }
      int stop = value(at, 0);
      if (first == '"') {
        elements.add(JsonStrings.unescape(b, at + 1, stop - 1));
      } else if (first != 'n') {
        elements.add(new String(b, at, stop - at, UTF_8));
      }
      at = skipWhite(b, stop, end);
      if (b[at] == ',') {
        at = skipWhite(b, at + 1, end);
      }
    }
    return elements;
  }

  private int array(int from, int depth) {
    if (depth >= MAX_DEPTH) {
      return INVALID;
    }
    int at = skipWhite(b, from + 1, to);
    if (at < to && b[at] == ']') {
      return at + 1;
    }
    while (true) {
      at = value(at, depth + 1);
      if (at == INVALID) {
        return INVALID;
      }
      at = skipWhite(b, at, to);
      if (at < to && b[at] == ']') {
        return at + 1;
      }
      if (at >= to || b[at] != ',') {
        return INVALID;
      }
      at = skipWhite(b, at + 1, to);
    }
  }

  private int string(int from) {
    int at = from + 1;
    while (true) {
      at = Bytes.endOfPlainJson(b, at, to);
      if (at >= to || (b[at] & 0xff) < 0x20) {
        return INVALID;
      }
      if (b[at] == '"') {
        return at + 1;
      }
      byte escape = Bytes.at(b, at + 1, to);
      if (escape == 'u') {
        if (at + 6 > to || !isHex(at + 2)) {
          return INVALID;
        }
        at += 6;
      } else if ("\"\\/bfnrt".indexOf(escape) >= 0 && escape != 0) {
        at += 2;
      } else {
        return INVALID;
      }
    }
  }

  private boolean isHex(int from) {
    for (int at = from; at < from + 4; at++) {
      int lower = b[at] | 0x20;
      if (!Bytes.isDigit(b[at]) && (lower < 'a' || lower > 'f')) {
        return false;
      }
    }
    return true;
  }

  private int word(int at, String word) {
    return Bytes.startsWith(b, at, to, word) ? at + word.length() : INVALID;
  }

  private int number(int from) {
    int at = b[from] == '-' ? from + 1 : from;
    int end = Bytes.endOfDigits(b, at, to);
    if (end == at || (b[at] == '0' && end > at + 1)) {
      return INVALID;
    }
    whole = true;
    if (Bytes.at(b, end, to) == '.') {
      at = end + 1;
      end = Bytes.endOfDigits(b, at, to);
      if (end == at) {
        return INVALID;
      }
      whole = false;
    }
    if (end < to && (b[end] | 0x20) == 'e') {
      byte sign = Bytes.at(b, end + 1, to);
      at = sign == '+' || sign == '-' ? end + 2 : end + 1;
      end = Bytes.endOfDigits(b, at, to);
      if (end <= at) {
        return INVALID;
      }
      whole = false;
    }
    return end - from <= MAX_NUMBER ? end : INVALID;
  }

  private void putNumber(Key key, int from, int end, FieldSink target) {
    int digits = b[from] == '-' ? from + 1 : from;
    if (whole) {
      long value = Bytes.number(b, digits, end);
      if (value >= 0) {
        FieldMapper.whole(key, digits > from ? -value : value, b, from, end, target);
      } else {
        // No long holds it, and a double would change its digits.
        FieldMapper.text(key, b, from, end, false, target);
      }
      return;
    }
    double value = decimal(digits, end);
    if (Double.isFinite(value)) {
      FieldMapper.decimal(key, digits > from ? -value : value, b, from, end, target);
    } else {
      FieldMapper.text(key, b, from, end, false, target);
    }
  }

  private double decimal(int from, int end) {
    long digits = 0;
    int count = 0;
    int scale = 0;
    for (int at = from; at < end; at++) {
      if (b[at] == '.') {
        scale = end - at - 1;
      } else if (!Bytes.isDigit(b[at]) || ++count > EXACT_DIGITS) {
        return Double.parseDouble(new String(b, from, end - from, UTF_8));
      } else {
        digits = 10 * digits + (b[at] - '0');
      }
    }
    return digits / POWERS[scale];
  }

  private static int skipWhite(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (b[at] == ' ' || b[at] == '\n' || b[at] == '\r' || b[at] == '\t')) {
      at++;
    }
    return at;
  }
}

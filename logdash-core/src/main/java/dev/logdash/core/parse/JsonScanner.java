package dev.logdash.core.parse;

import org.jspecify.annotations.Nullable;

/**
 * Walks through one JSON text as RFC 8259 has it and hands the members of its objects to {@link
 * JsonMembers}. Bytes in strings need not be UTF-8.
 *
 * <p>Bounds: {@value #MAX_DEPTH} levels, {@value #MAX_MEMBERS} members, names of {@value
 * JsonMembers#MAX_NAME} bytes, numbers of {@value #MAX_NUMBER} bytes. What goes beyond them is not
 * accepted.
 */
final class JsonScanner {

  static final int MAX_DEPTH = 64;
  static final int MAX_MEMBERS = 1_000;
  static final int MAX_NUMBER = 1_000;

  private static final int INVALID = -1;

  private final KeyCache own;
  private final JsonMembers receiver;
  private int members;
  private int handedOver;
  // Of the string that was read last.
  private boolean escaped;
  private byte[] b = new byte[0];
  private int to;
  // Null where only the form is checked.
  private @Nullable FieldSink sink;

  /**
   * @param own what names mean where nothing is put
   */
  JsonScanner(KeyCache own) {
    this.own = own;
    this.receiver = new JsonMembers(own);
  }

  /** Whether the range is one JSON text of any kind. */
  boolean isValid(byte[] buffer, int from, int end) {
    return scan(buffer, from, end, null, own);
  }

  /** Hands over the members of an object; false, with an unclear sink, if it is none. */
  boolean readObject(byte[] buffer, int from, int end, FieldSink target) {
    return readObject(buffer, from, end, target, target.scratch.keys);
  }

  /** As {@link #readObject(byte[], int, int, FieldSink)}, with what names mean. */
  boolean readObject(byte[] buffer, int from, int end, FieldSink target, KeyCache keys) {
    int at = skipWhite(buffer, from, end);
    return at < end && buffer[at] == '{' && scan(buffer, at, end, target, keys);
  }

  /** How many members that are no objects the last text had, those that are null too. */
  int handedOver() {
    return handedOver;
  }

  private boolean scan(
      byte[] buffer, int from, int end, @Nullable FieldSink target, KeyCache keys) {
    b = buffer;
    to = end;
    sink = target;
    receiver.start(buffer, keys);
    members = 0;
    handedOver = 0;
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
    int prefix = receiver.keepName();
    while (at < to && b[at] == '"' && ++members <= MAX_MEMBERS) {
      FieldSink target = sink;
      int end = target == null || prefix > 0 ? INVALID : receiver.endOfGuess(at + 1, to);
      if (end == INVALID) {
        end = string(at);
        if (end == INVALID
            || (target != null && !receiver.enter(at + 1, end - 1, escaped, prefix))) {
          return INVALID;
        }
      }
      at = skipWhite(b, end, to);
      if (at >= to || b[at] != ':') {
        return INVALID;
      }
      at = member(skipWhite(b, at + 1, to), depth + 1);
      receiver.leave(prefix);
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

  /** Reads the value of a member and hands it over, an object member by member. */
  private int member(int at, int depth) {
    FieldSink target = sink;
    if (target == null || at >= to || b[at] == '{') {
      return value(at, depth);
    }
    handedOver++;
    if (b[at] == '[') {
      // The names inside of an array have no path of their own.
      sink = null;
      int end = value(at, depth);
      sink = target;
      if (end != INVALID) {
        receiver.array(at, end, target);
      }
      return end;
    }
    int end = value(at, depth);
    if (end != INVALID) {
      receiver.scalar(at, end, escaped, target);
    }
    return end;
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
    escaped = false;
    int at = from + 1;
    while (true) {
      at = Bytes.endOfPlainJson(b, at, to);
      if (at >= to || (b[at] & 0xff) < 0x20) {
        return INVALID;
      }
      if (b[at] == '"') {
        return at + 1;
      }
      escaped = true;
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
    if (Bytes.at(b, end, to) == '.') {
      at = end + 1;
      end = Bytes.endOfDigits(b, at, to);
      if (end == at) {
        return INVALID;
      }
    }
    if (end < to && (b[end] | 0x20) == 'e') {
      byte sign = Bytes.at(b, end + 1, to);
      at = sign == '+' || sign == '-' ? end + 2 : end + 1;
      end = Bytes.endOfDigits(b, at, to);
      if (end <= at) {
        return INVALID;
      }
    }
    return end - from <= MAX_NUMBER ? end : INVALID;
  }

  static int skipWhite(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (b[at] == ' ' || b[at] == '\n' || b[at] == '\r' || b[at] == '\t')) {
      at++;
    }
    return at;
  }
}

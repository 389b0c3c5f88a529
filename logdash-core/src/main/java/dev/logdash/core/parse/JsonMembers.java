package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the members of a JSON text that is known to be valid so far: nested names are joined with
 * dots, an array of scalars is a list, any other array is its text, null is no value. Of members
 * with one name the first stays.
 */
final class JsonMembers {

  /** The longest name, in bytes, the names around it included. */
  static final int MAX_NAME = 1_024;

  // A double holds every whole number of 15 digits, and every power of ten up to the 22nd.
  private static final int EXACT_DIGITS = 15;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private byte[] b = new byte[0];
  private byte[] joined = new byte[256];
  // The current name: a range of the text itself, or what was joined.
  private byte[] name = joined;
  private int nameFrom;
  private int nameTo;
  // The current name's key where it was guessed.
  private @Nullable Key guessed;
  private KeyCache keys;

  /**
   * @param keys what names mean where nothing is put
   */
  JsonMembers(KeyCache keys) {
    this.keys = keys;
  }

  /**
   * @param known what the names mean
   */
  void start(byte[] buffer, KeyCache known) {
    b = buffer;
    keys = known;
    guessed = null;
    leave(0);
  }

  /** Makes the current name a prefix of those that follow; returns its length. */
  int keepName() {
    int length = nameTo - nameFrom;
    if (name != joined) {
      System.arraycopy(name, nameFrom, joined, 0, length);
      leave(length);
    }
    return length;
  }

  /**
   * Goes into the member whose name is known to come next, as in the records before; where its
   * quotes end, or -1 if it is another.
   */
  int endOfGuess(int from, int end) {
    int stop = keys.endOfGuess(b, from, end, '"');
    if (stop < 0) {
      return -1;
    }
    name = b;
    nameFrom = from;
    nameTo = stop;
    guessed = keys.last();
    return stop + 1;
  }

  /** Goes into the member whose name has this inner part; false if the whole name is too long. */
  boolean enter(int from, int end, boolean escaped, int prefix) {
    byte[] text = b;
    int start = from;
    int stop = end;
    guessed = null;
    if (escaped) {
      text = JsonStrings.unescape(b, from, end).getBytes(UTF_8);
      start = 0;
      stop = text.length;
    }
    int length = stop - start;
    if (prefix + 1 + length > MAX_NAME) {
      return false;
    }
    if (joined.length < MAX_NAME && prefix + 1 + length > joined.length) {
      joined = Arrays.copyOf(joined, MAX_NAME);
    }
    if (prefix == 0) {
      name = text;
      nameFrom = start;
      nameTo = stop;
      return true;
    }
    joined[prefix] = '.';
    System.arraycopy(text, start, joined, prefix + 1, length);
    leave(prefix + 1 + length);
    return true;
  }

  /** Makes the beginning of what was joined the current name. */
  void leave(int length) {
    name = joined;
    nameFrom = 0;
    nameTo = length;
  }

  /** Puts the string, number or word in the range under the current name. */
  void scalar(int from, int end, boolean escaped, FieldSink sink) {
    Key key = key();
    switch (b[from]) {
      case '"':
        FieldMapper.text(key, b, from + 1, end - 1, escaped, sink);
        break;
      case 't':
      case 'f':
        sink.put(key.own(), b[from] == 't');
        break;
      case 'n':
        break;
      default:
        number(key, from, end, sink);
        break;
    }
  }

  void array(int from, int end, FieldSink sink) {
    Key key = key();
    List<String> elements = scalars(from, end);
    if (elements == null) {
      FieldMapper.text(key, b, from, end, false, sink);
    } else if (!elements.isEmpty()) {
      FieldMapper.list(key, elements, sink);
    }
  }

  private Key key() {
    Key key = guessed;
    return key != null ? key : keys.get(name, nameFrom, nameTo);
  }

  /** The elements of a valid array as texts, or null if one of them is no scalar. */
  private @Nullable List<String> scalars(int from, int end) {
    List<String> elements = new ArrayList<>();
    int at = JsonScanner.skipWhite(b, from + 1, end);
    while (at < end - 1) {
      byte first = b[at];
      if (first == '{' || first == '[') {
        return null;
      }
      int stop = endOfScalar(at, end);
      if (first == '"') {
        elements.add(JsonStrings.unescape(b, at + 1, stop - 1));
      } else if (first != 'n') {
        elements.add(new String(b, at, stop - at, UTF_8));
      }
      at = JsonScanner.skipWhite(b, stop, end);
      if (b[at] == ',') {
        at = JsonScanner.skipWhite(b, at + 1, end);
      }
    }
    return elements;
  }

  private int endOfScalar(int from, int to) {
    int at = from + 1;
    if (b[from] == '"') {
      for (; b[at] != '"'; at++) {
        if (b[at] == '\\') {
          at++;
        }
      }
      return at + 1;
    }
    while (at < to && b[at] > ' ' && b[at] != ',' && b[at] != ']') {
      at++;
    }
    return at;
  }

  private void number(Key key, int from, int end, FieldSink sink) {
    int digits = b[from] == '-' ? from + 1 : from;
    long whole = Bytes.number(b, digits, end);
    if (whole >= 0) {
      FieldMapper.whole(key, digits > from ? -whole : whole, b, from, end, sink);
      return;
    }
    if (Bytes.endOfDigits(b, digits, end) == end) {
      // No long holds it, and a double would change its digits.
      FieldMapper.text(key, b, from, end, false, sink);
      return;
    }
    double value = decimal(digits, end);
    if (Double.isFinite(value)) {
      FieldMapper.decimal(key, digits > from ? -value : value, b, from, end, sink);
    } else {
      FieldMapper.text(key, b, from, end, false, sink);
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
}

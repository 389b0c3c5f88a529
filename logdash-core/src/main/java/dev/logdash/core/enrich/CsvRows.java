package dev.logdash.core.enrich;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a CSV text after RFC 4180, one at a time: values between commas, in double quotes if
 * they have commas, quotes (doubled) or line ends. Empty lines are passed over; spaces around a
 * value without quotes do not count.
 */
final class CsvRows {

  private final String text;
  private int at;
  private int line = 1;
  private int start = 1;

  CsvRows(String text) {
    this.text = text;
  }

  /** The line in which the last row begins, from 1 on. */
  int line() {
    return start;
  }

  /**
   * The next row; empty at the end.
   *
   * @throws IllegalArgumentException if quotes are not where they may be
   */
  List<String> next() {
    while (at < text.length() && isLineEnd(text.charAt(at))) {
      newLine();
    }
    start = line;
    List<String> row = new ArrayList<>();
    if (at == text.length()) {
      return row;
    }
    row.add(value());
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      row.add(value());
    }
    return row;
  }

  private String value() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int from = at;
    while (at < text.length() && text.charAt(at) != ',' && !isLineEnd(text.charAt(at))) {
      if (text.charAt(at) == '"') {
        throw new IllegalArgumentException(
            "line " + line + ": a quote inside of a value without quotes around it");
      }
      at++;
    }
    return text.substring(from, at).strip();
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    int opened = line;
    at++;
    while (true) {
      if (at == text.length()) {
        throw new IllegalArgumentException("line " + opened + ": a quote is not closed");
      }
      char c = text.charAt(at);
      if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
        value.append('"');
        at += 2;
      } else if (c == '"') {
        at++;
        break;
      } else {
        value.append(c);
        if (c == '\n') {
          line++;
        }
        at++;
      }
    }
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at < text.length() && text.charAt(at) != ',' && !isLineEnd(text.charAt(at))) {
      throw new IllegalArgumentException("line " + line + ": text behind a closing quote");
    }
    return value.toString();
  }

  private void newLine() {
    if (text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}

package dev.logdash.core.template;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One word of masked messages, and what its shape tells about it. */
final class Word {

  private static final Set<String> NO_VALUE =
      Set.of(
          "null",
          "(null)",
          "none",
          "<none>",
          "nil",
          "-",
          "--",
          "n/a",
          "()",
          "[]",
          "{}",
          "\"\"",
          "''",
          "?",
          "unknown",
          "empty",
          "undefined");

  // The two sides of a switch and the two ends of a work are two statements, or one with a flag:
  // people look for the difference.
  private static final Set<String> SWITCH =
      Set.of(
          "true",
          "false",
          "yes",
          "no",
          "on",
          "off",
          "enabled",
          "disabled",
          "success",
          "failure",
          "failed",
          "succeeded",
          "ok",
          "start",
          "stop",
          "started",
          "stopped",
          "begin",
          "end");

  /** Stands for all words of a column that varies. */
  static final Word ANY = new Word(String.valueOf(Placeholder.ANY.mark()));

  final String text;
  final long hash;
  final boolean hasMark;
  final boolean hasLetter;
  private @Nullable Shape shape;

  /** What is only asked of words that might be values. */
  private record Shape(
      @Nullable String key, boolean isNone, boolean isOpen, boolean isSwitch, boolean isCapital) {}

  Word(String text) {
    this.text = text;
    boolean mark = false;
    boolean letter = false;
    char[] chars = text.toCharArray();
    for (char c : chars) {
      mark |= Placeholder.isMark(c);
      letter |= Scan.isLetter(c);
    }
    this.hash = Hash.of(chars, 0, chars.length);
    this.hasMark = mark;
    this.hasLetter = letter;
  }

  private Shape shape() {
    Shape known = shape;
    if (known == null) {
      String core = core(text);
      String lower = core.toLowerCase(Locale.ROOT);
      known =
          new Shape(
              key(text),
              core.isEmpty() || NO_VALUE.contains(lower),
              hasMark || looksLikeName(core),
              SWITCH.contains(lower),
              hasLetter && core.equals(core.toUpperCase(Locale.ROOT)));
      shape = known;
    }
    return known;
  }

  /** What it says something about, as in {@code key=value}. */
  @Nullable String key() {
    return shape().key;
  }

  /** Whether it says that there is no value. */
  boolean isNone() {
    return shape().isNone;
  }

  /** Whether its shape is that of a value: with a placeholder, or a name with dots or slashes. */
  boolean isOpen() {
    return shape().isOpen;
  }

  boolean isSwitch() {
    return shape().isSwitch;
  }

  /** Whether it is written as the constants of programs are. */
  boolean isCapital() {
    return shape().isCapital;
  }

  /**
   * The word with a single placeholder from its first value to its last: equal for the values of
   * one statement that have different shapes, such as a decimal and a hexadecimal number.
   */
  static String coarse(String word) {
    int first = -1;
    int last = -1;
    int keys = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (Placeholder.isMark(c)) {
        first = first < 0 ? i : first;
        last = i;
      } else if (c == '=') {
        keys++;
      }
    }
    return first < 0 || keys > 1
        ? word
        : word.substring(0, first) + Placeholder.ANY.mark() + word.substring(last + 1);
  }

  private static @Nullable String key(String text) {
    for (int i = 0; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=') {
        return text.substring(0, i);
      }
      if (c == ':') {
        boolean port = Placeholder.isMark(text.charAt(i + 1)) && i + 2 >= text.length();
        return i == 0 || port ? null : text.substring(0, i);
      }
      if (Scan.classOf(c) == 0 && c != '_' && c != '-' && c != '(' && c != '[' && c != '.') {
        return null;
      }
    }
    return text.endsWith("=") ? text.substring(0, text.length() - 1) : null;
  }

  /** The value without its key and the punctuation behind it. */
  private static String core(String text) {
    int end = text.length();
    while (end > 0 && ",;.".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    int key = Math.max(text.lastIndexOf('=', end), text.lastIndexOf(':', end));
    // A colon at the end belongs to the sentence.
    return key < 0 || (key == end - 1 && text.charAt(key) == ':')
        ? text.substring(0, end)
        : text.substring(Math.min(end, key + 1), end);
  }

  private static boolean looksLikeName(String core) {
    for (int i = 1; i + 1 < core.length(); i++) {
      char c = core.charAt(i);
      if (c == '@' || c == '\\' || c == '/') {
        return true;
      }
      if (c == '.' && Scan.classOf(core.charAt(i + 1)) != 0) {
        return !core.endsWith(")");
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }
}

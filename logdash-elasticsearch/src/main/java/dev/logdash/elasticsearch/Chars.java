package dev.logdash.elasticsearch;

import java.io.Writer;
import java.util.Arrays;

/** Characters that are written, read and forgotten, in the same piece of memory. */
final class Chars extends Writer implements CharSequence {

  private char[] chars = new char[1_024];
  private int length;

  void reset() {
    length = 0;
  }

  /** The characters, from index 0 on, until more are written. */
  char[] array() {
    return chars;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return chars[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new String(chars, start, end - start);
  }

  @Override
  public void write(int c) {
    grow(1);
    chars[length++] = (char) c;
  }

  @Override
  public void write(char[] text, int from, int count) {
    grow(count);
    System.arraycopy(text, from, chars, length, count);
    length += count;
  }

  @Override
  public void write(String text) {
    write(text, 0, text.length());
  }

  @Override
  public void write(String text, int from, int count) {
    grow(count);
    text.getChars(from, from + count, chars, length);
    length += count;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }

  private void grow(int more) {
    if (chars.length - length < more) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, Math.addExact(length, more)));
    }
  }
}

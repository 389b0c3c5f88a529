package dev.logdash.embedded;

import java.util.Arrays;

/** A growing array of bytes with a place to read from. Reading behind the end throws. */
final class Bytes {

  private byte[] array;
  private int length;
  private int position;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  /** Reads what is given. */
  Bytes(byte[] content) {
    this(content, 0, content.length);
  }

  Bytes(byte[] content, int from, int count) {
    array = content;
    position = from;
    length = from + count;
  }

  /** Forgets the content and keeps the array. */
  void clear() {
    length = 0;
    position = 0;
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }

  void writeByte(int value) {
    reserve(1);
    array[length++] = (byte) value;
  }

  void writeBytes(byte[] bytes, int count) {
    reserve(count);
    System.arraycopy(bytes, 0, array, length, count);
    length += count;
  }

  /** Seven bits a byte, the lowest first; a negative number takes ten bytes. */
  void writeVarLong(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
  }

  void writeZigZag(long value) {
    writeVarLong(value << 1 ^ value >> 63);
  }

  /** The highest byte first. */
  void writeFixed(long value, int bytes) {
    reserve(bytes);
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      array[length++] = (byte) (value >>> shift);
    }
  }

  int readByte() {
    require(1);
    return array[position++] & 0xFF;
  }

  byte[] readBytes(int count) {
    require(count);
    byte[] bytes = Arrays.copyOfRange(array, position, position + count);
    position += count;
    return bytes;
  }

  byte[] readRest() {
    return readBytes(length - position);
  }

  long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalStateException("a number does not end at byte " + position);
  }

  long readZigZag() {
    long value = readVarLong();
    return value >>> 1 ^ -(value & 1);
  }

  long readFixed(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | readByte();
    }
    return value;
  }

  void require(int count) {
    if (count < 0 || count > length - position) {
      throw new IllegalStateException(
          "the content ends at byte " + length + ", " + count + " more are needed at " + position);
    }
  }

  int position() {
    return position;
  }

  void skip(int count) {
    require(count);
    position += count;
  }

  void reserve(int count) {
    if (array.length - length < count) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + count));
    }
  }

  /** Forgets what is behind a length. */
  void truncate(int newLength) {
    length = newLength;
  }
}

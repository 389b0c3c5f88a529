package dev.logdash.core.template;

import org.jspecify.annotations.Nullable;

/**
 * A pattern with so many forms that they are not kept one by one. It counts what fits it, and stays
 * as it is until another pattern takes it in.
 */
final class ProvenPattern {

  final Word[] words;
  final ColumnValues[] columns;
  long count;

  /** When a message fitted it last, in lines. */
  long lastSeen;

  @Nullable Template template;

  ProvenPattern(Word[] words, ColumnValues[] columns) {
    this.words = words;
    this.columns = columns;
  }

  /** Counts a message that fits, which came some times. */
  void count(MaskedText message, long line, long times) {
    count += times;
    lastSeen = line;
    char[] text = message.out;
    int start = 0;
    int mark = 0;
    for (ColumnValues column : columns) {
      int end = start;
      int next = mark;
      while (end < message.length && text[end] != ' ') {
        next += Placeholder.isMark(text[end++]) ? 1 : 0;
      }
      column.count(message, start, end, mark, times);
      mark = next;
      start = end + 1;
    }
  }

  /** About how many bytes it takes. */
  int bytes() {
    int bytes = 200;
    for (ColumnValues column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }
}

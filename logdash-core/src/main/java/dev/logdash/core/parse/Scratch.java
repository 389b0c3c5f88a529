package dev.logdash.core.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What parsers work with: kept between records, and what it holds never matters to the next one.
 */
final class Scratch {

  final TimestampScanner times = new TimestampScanner();
  final KeyCache keys = new KeyCache();
  // Apart from the others, so that what is guessed has the form of a key of logfmt.
  final KeyCache logfmtKeys = new KeyCache();
  final KeyCache zeekKeys = new KeyCache(ZeekKeys::of);
  final JsonScanner json = new JsonScanner(keys);
  final LayoutReader layout = new LayoutReader();
  final TextFacts facts = new TextFacts();
  final TextMarks marks = new TextMarks();
  final Cells cells = new Cells();
  final NameCache names = new NameCache();
  final KeyHints hints = new KeyHints();

  private byte[] bytes = new byte[256];
  private @Nullable FieldSink inner;

  /** A clear sink for what stands inside of the record; to be left clear. */
  FieldSink inner() {
    if (inner == null) {
      inner = new FieldSink();
    }
    inner.scratch.times.forget();
    return inner;
  }

  /** An array of at least this length, whose content is lost with the next call. */
  byte[] bytes(int length) {
    if (bytes.length < length) {
      bytes = Arrays.copyOf(bytes, Integer.highestOneBit(length) << 1);
    }
    return bytes;
  }
}

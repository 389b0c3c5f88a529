package dev.logdash.core.ingest;

import java.io.IOException;

/** Tells text whose characters are not bytes. */
public final class TextEncoding {

  private TextEncoding() {}

  /**
   * Fails for the beginning of a file in UTF-16 or UTF-32: its line feeds are not single bytes, so
   * it would come out as garbage.
   */
  public static void requireBytes(byte[] head) throws IOException {
    boolean little = head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE;
    boolean big = head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF;
    if (little || big) {
      String name = little ? "UTF-16LE" : "UTF-16BE";
      throw new IOException(
          "is in UTF-16; convert it first: iconv -f " + name + " -t UTF-8 FILE > NEW");
    }
  }
}

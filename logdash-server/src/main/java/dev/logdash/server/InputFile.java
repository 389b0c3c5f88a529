package dev.logdash.server;

import dev.logdash.core.ingest.TextEncoding;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.ExitCode;

/** A file of log lines, compressed or not. */
final class InputFile {

  private static final int HEAD_BYTES = 2;

  private InputFile() {}

  /** Reads a stream. */
  @FunctionalInterface
  interface Reader {
    void read(InputStream in) throws IOException;
  }

  /**
   * Has the content of a file read.
   *
   * @throws CommandFailed if that fails, or it is no text of bytes
   */
  static void read(String file, Reader reader) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
      in.mark(HEAD_BYTES);
      byte[] head = in.readNBytes(HEAD_BYTES);
      in.reset();
      TextEncoding.requireBytes(head);
      boolean compressed = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
      reader.read(compressed ? new GZIPInputStream(in) : in);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.SOFTWARE, CommandLines.sentence(file, e), e);
    }
  }
}

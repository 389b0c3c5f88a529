package dev.logdash.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one size, in files.
 *
 * @param origin what they are, for the report
 */
record Corpus(List<Path> files, long lines, long bytes, String origin) {

  /** Copies the first lines of the given files, in proportion, or generates lines. */
  static Corpus of(Settings settings, long lines) throws IOException {
    Path folder = settings.work().resolve("lines-" + lines);
    Files.createDirectories(folder);
    List<Long> counts = new ArrayList<>();
    for (Path input : settings.inputs()) {
      counts.add(count(input));
    }
    long there = counts.stream().mapToLong(Long::longValue).sum();
    if (there < lines) {
      Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
      List<Path> files = GeneratedLines.write(folder, lines, end);
      return of(files, lines, "generated lines of five formats over one day");
    }
    List<Path> files = new ArrayList<>();
    long copied = 0;
    for (int i = 0; i < counts.size(); i++) {
      boolean last = i == counts.size() - 1;
      long wanted = last ? lines - copied : counts.get(i) * lines / there;
      Path file = folder.resolve(i + "-" + settings.inputs().get(i).getFileName());
      copied += copy(settings.inputs().get(i), file, wanted);
      files.add(file);
    }
    return of(files, copied, "lines of " + counts.size() + " given files");
  }

  private static Corpus of(List<Path> files, long lines, String origin) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return new Corpus(List.copyOf(files), lines, bytes, origin);
  }

  private static long count(Path file) throws IOException {
    long count = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          count += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return count;
  }

  private static long copy(Path source, Path target, long lines) throws IOException {
    long copied = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(source), 1 << 16);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
      for (int next = in.read(); next >= 0 && copied < lines; next = in.read()) {
        out.write(next);
        copied += next == '\n' ? 1 : 0;
      }
    }
    return copied;
  }
}

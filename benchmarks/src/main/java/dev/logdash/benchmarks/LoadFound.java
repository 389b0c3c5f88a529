package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * What a process that knows nothing of the load finds in a data folder.
 *
 * @param numbers of the events found
 * @param doubles how many were found again
 */
record LoadFound(BitSet numbers, long doubles) {

  static LoadFound in(Path data) throws IOException, InterruptedException {
    Process search =
        new ProcessBuilder(
                LoadServer.command(
                    "512m",
                    "search",
                    "--json",
                    "--limit",
                    Integer.toString(Integer.MAX_VALUE),
                    "--data",
                    data.toString()))
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BitSet numbers = new BitSet();
    long doubles = 0;
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(search.getInputStream(), UTF_8))) {
      for (String event = events.readLine(); event != null; event = events.readLine()) {
        int number = Math.toIntExact(LoadLines.number(event));
        doubles += numbers.get(number) ? 1 : 0;
        numbers.set(number);
      }
      if (search.waitFor() != 0) {
        throw new IOException("the search ended with " + search.exitValue());
      }
    } finally {
      search.destroyForcibly();
    }
    return new LoadFound(numbers, doubles);
  }

  /** How many of these were not found. */
  int missing(BitSet wanted) {
    BitSet left = (BitSet) wanted.clone();
    left.andNot(numbers);
    return left.cardinality();
  }

  /** How many of these were found. */
  int among(BitSet unwanted) {
    BitSet both = (BitSet) unwanted.clone();
    both.and(numbers);
    return both.cardinality();
  }
}

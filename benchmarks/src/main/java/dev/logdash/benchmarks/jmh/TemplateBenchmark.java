package dev.logdash.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.DetectingParser;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.template.FormIds;
import dev.logdash.core.template.TemplateMiner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to find the template of one message of a log that was seen before: logdash, which also keeps
 * statistics of the values, beside {@link PlainDrain}. {@code -p file=PATH} takes the lines of a
 * file, whose messages are parsed out beforehand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TemplateBenchmark {

  @Param("")
  public String file = "";

  private String[] messages = {};
  private int next;
  private final FormIds forms = new FormIds();
  private TemplateMiner miner = new TemplateMiner();
  private PlainDrain drain = new PlainDrain();

  @Setup
  public void prepare() throws IOException {
    messages = file.isEmpty() ? generated() : read();
    miner = new TemplateMiner();
    drain = new PlainDrain();
    for (String message : messages) {
      miner.mine(message);
      drain.add(message);
    }
    miner.settle();
  }

  @Benchmark
  public Object logdash() {
    return miner.mine(message());
  }

  /** What the road does: the form of a message alone. */
  @Benchmark
  public Object form() {
    return forms.ofMessage(message());
  }

  @Benchmark
  public Object plainDrain() {
    return drain.add(message());
  }

  private String message() {
    int i = next;
    next = i + 1 == messages.length ? 0 : i + 1;
    return messages[i];
  }

  private static String[] generated() {
    return Stream.of(
            Samples.of(Samples::layout), Samples.of(Samples::syslog3164), Samples.of(Samples::json))
        .flatMap(List::stream)
        .map(line -> message(Parsers.detecting(), line.getBytes(UTF_8)))
        .toArray(String[]::new);
  }

  private String[] read() throws IOException {
    DetectingParser parser = Parsers.detecting();
    List<String> read = new ArrayList<>();
    for (byte[] line : Samples.bytes(Files.readAllLines(Path.of(file)))) {
      read.add(message(parser, line));
    }
    return read.toArray(String[]::new);
  }

  private static String message(DetectingParser parser, byte[] line) {
    FieldSink fields = new FieldSink();
    parser.parse("file", line, 0, line.length, fields);
    return fields.message();
  }
}

package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class FileImportTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final KeepingSink sink = new KeepingSink();
  private final Scheduler scheduler = Schedulers.newSingle("import-test", true);
  private final List<String> heard = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();

  @AfterEach
  void dispose() {
    scheduler.dispose();
  }

  @Test
  void readsFilesInTheGivenOrderToTheirEnd() {
    write("b.log", "b1\nb2");
    write("a.log", "a1\n");
    write("empty.log", "");

    IngestCounts counts = importFiles("b.log", "empty.log", "a.log");

    assertThat(sink.lines()).containsExactly("b1", "b2", "a1");
    assertThat(counts).isEqualTo(new IngestCounts(3, 6, 0, 0, 0));
  }

  @Test
  void readsNothingTwice() {
    write("a.log", "one\ntwo without end");
    importFiles("a.log", "a.log", "*.log");
    importFiles("a.log");

    assertThat(sink.lines()).containsExactly("one", "two without end");
  }

  @Test
  void readsRecordsOfSeveralLinesOnceAndKnowsThemInACopy() throws IOException {
    String row = "2024-05-01T10:00:00Z,WARN,\"a\n\nb\"\n";
    String entry = "__CURSOR=x\n_PID=1\nMESSAGE=" + "m".repeat(100) + "\n\n";
    String text = "timestamp,level,message\n" + row.repeat(40) + entry.repeat(20);
    write("a.log", text);
    write("torn.log", text + "__CURSOR=x\n_PID=1\nMESSAGE=m");
    importFiles("a.log");
    assertThat(sink.lines()).hasSize(61).contains(row.strip());

    Files.copy(folder.resolve("a.log"), folder.resolve("copy.log"));
    write("a.log", text + entry + row);
    importFiles("copy.log", "a.log");

    assertThat(sink.lines()).hasSize(63).endsWith(sink.lines().get(60), row.strip());

    importFiles("torn.log");
    assertThat(sink.lines()).hasSize(63 + 62).endsWith("__CURSOR=x\n_PID=1\nMESSAGE=m");
  }

  @Test
  void readsFilesThatBeginAlikeWhole() throws IOException {
    String banner = lines(400);
    write("a.log", banner + "a1\na2\n");
    write("b.log", banner + "b1\n");
    write("c.log", banner);
    write("d.log", banner + "d1\n" + lines(600));
    importFiles("a.log", "b.log");
    Files.delete(folder.resolve("a.log"));
    importFiles("d.log");
    importFiles("b.log", "c.log", "d.log");

    assertThat(sink.lines()).hasSize(3 * 400 + 2 + 1 + 1 + 600).contains("a2", "b1", "d1");
  }

  @Test
  void goesOnInEachOfTwoFilesThatBeginAlike() {
    String banner = lines(400);
    List<String> expected = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      String text = banner + lines(3_000).replace("line", name);
      write(name + ".log", text);
      expected.addAll(text.lines().toList());
    }
    for (int batches = 1; sink.lines().size() < expected.size(); batches++) {
      sink.dieAfter(1);
      try {
        importFiles("a.log", "b.log");
      } catch (BackendException.Misconfigured dead) {
        assertThat(batches).isLessThan(100);
      }
    }
    importFiles("a.log", "b.log");

    assertThat(sink.lines()).isEqualTo(expected);
  }

  @Test
  void readsACopyOnlyBehindWhatItsOriginalHad() throws IOException {
    write("a.log", lines(400));
    importFiles("a.log");
    write("copy.log", lines(400) + "more\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.log.gz")))) {
      out.write(lines(400).getBytes(UTF_8));
    }
    Files.delete(folder.resolve("a.log"));
    importFiles("copy.log", "a.log.gz");

    assertThat(sink.lines()).hasSize(401).endsWith("more");
  }

  @Test
  void readsCopiesThatWentDifferentWaysWhole() throws IOException {
    write("a.log", lines(400));
    Files.copy(folder.resolve("a.log"), folder.resolve("b.log"));
    write("a.log", lines(400) + "a went on\n");
    write("b.log", lines(400) + "b went another way\n");
    importFiles("a.log");
    importFiles("b.log");

    assertThat(sink.lines()).hasSize(802).contains("a went on", "b went another way");
  }

  @Test
  void readsAFileAgainThatWasWrittenAnewWithTheSameBeginning() {
    String banner = lines(400);
    write("a.log", banner + lines(1_000));
    importFiles("a.log");
    write("a.log", banner + "anew\n");
    importFiles("a.log");
    importFiles("a.log");
    write("a.log", banner + "anew\n" + "and on\n");
    importFiles("a.log");

    assertThat(sink.lines()).hasSize(1_400 + 402).endsWith("anew", "and on");
  }

  @Test
  void readsAnUnterminatedLineAgainOnlyWhenItWasLonger() {
    write("a.log", "one\ntwo");
    importFiles("a.log");
    write("a.log", "one\ntwo and a half\nthree\n");
    importFiles("a.log");

    assertThat(sink.lines()).containsExactly("one", "two", "two and a half", "three");
  }

  @Test
  void goesOnBehindABatchThatWasAccepted() {
    write("a.log", lines(5_000));
    sink.dieAfter(4);
    assertThatThrownBy(() -> importFiles("a.log"))
        .isInstanceOf(BackendException.Misconfigured.class);
    sink.dieAfter(Integer.MAX_VALUE / 2);
    importFiles("a.log");

    assertThat(sink.lines()).isEqualTo(lines(5_000).lines().toList());
  }

  @Test
  void takesLinesApartThatHoldSeveralRecords() {
    write("a.log", "x\na+b+c\n" + "d+e\n".repeat(600));
    IngestOptions options = options().withSplitter(FileImportTest::atPlusSigns);
    FileIngest splitting = new FileIngest(sink, sink::positions, scheduler, options);
    splitting.importFiles(paths("a.log")).block(LIMIT);
    splitting.importFiles(paths("a.log")).block(LIMIT);

    assertThat(sink.lines()).startsWith("x", "a", "b", "c", "d", "e").hasSize(1_204);
    List<Submission> kept = sink.submissions();
    assertThat(kept.subList(0, 4))
        .extracting(line -> line.position() != null)
        .containsExactly(true, false, false, true);
    assertThat(kept.get(0).headers()).isEmpty();
    assertThat(kept.stream().skip(1).map(line -> line.headers().get(Headers.EVENT_ID)))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  private static List<byte[]> atPlusSigns(byte[] buffer, int from, int to) {
    String line = new String(buffer, from, to - from, UTF_8);
    return line.indexOf('+') < 0
        ? List.of()
        : Arrays.stream(line.split("\\+", -1)).map(part -> part.getBytes(UTF_8)).toList();
  }

  @Test
  void offersABatchAgainUntilTheSinkHasRoom() {
    write("a.log", lines(1_500));
    sink.failNext(
        new BackendException.Overloaded("full", null),
        new BackendException.Unavailable("away", null));
    importFiles("a.log");

    assertThat(sink.lines()).isEqualTo(lines(1_500).lines().toList());
    assertThat(heard).containsExactly("waiting full", "waiting away");
  }

  @Test
  void stopsWaitingWhenCancelled() throws InterruptedException {
    write("a.log", lines(10));
    RuntimeException[] full = new RuntimeException[1_000];
    Arrays.fill(full, new BackendException.Overloaded("full", null));
    sink.failNext(full);
    Disposable run = ingest().importFiles(paths("a.log")).subscribe();
    await(() -> !heard.isEmpty());
    run.dispose();
    int heardThen = heard.size();

    assertThat(sink.lines()).isEmpty();
    assertThat(heard).hasSizeLessThanOrEqualTo(heardThen + 1);
  }

  @Test
  void countsABatchThatTheSinkRefusesForEver() {
    write("a.log", lines(600));
    sink.failNext(new BackendException.Rejected("malformed", null));
    IngestCounts counts = importFiles("a.log");

    assertThat(counts.rejected()).isEqualTo(512);
    assertThat(counts.lines()).isEqualTo(88);
  }

  @Test
  void makesBatchesOfBoundedSize() {
    write("a.log", lines(2_000));
    importFiles("a.log");

    assertThat(sink.largestBatch()).isEqualTo(512);
    assertThat(sink.batches()).isEqualTo(4);
  }

  @Test
  void tellsHowFarItIs() {
    write("a.log", lines(2_000));
    write("b.log", lines(10));
    importFiles("a.log", "b.log");

    assertThat(progress).isSorted();
    assertThat(progress.get(progress.size() - 1))
        .isEqualTo(lines(2_000).length() + lines(10).length());
  }

  @Test
  void reportsEachFileItCannotRead() {
    write("a.log", "one\n");
    IngestCounts counts = importFiles("missing.log", ".", "none*", "a.log");

    assertThat(sink.lines()).containsExactly("one");
    assertThat(counts.unreadable()).isEqualTo(3);
    assertThat(heard).hasSize(3).allMatch(text -> text.startsWith("unreadable "));
  }

  @Test
  void marksLinesAsTold() {
    write("a.log", "one\n");
    IngestOptions options =
        options()
            .withDataset("shop")
            .withHeaders(Map.of(Headers.FORMAT, "logfmt"))
            .withAtLeast(AckLevel.ACCEPTED)
            .withMaxLineBytes(64);
    new FileIngest(sink, sink::positions, scheduler, options)
        .importFiles(paths("a.log"))
        .block(LIMIT);

    Submission line = sink.submissions().get(0);
    assertThat(line.dataset()).isEqualTo("shop");
    assertThat(line.headers()).isEqualTo(Map.of(Headers.FORMAT, "logfmt"));
    assertThat(line.source()).isEqualTo(folder.resolve("a.log").toString());
    assertThat(line.position()).isNotNull();
    assertThat(line.position().end()).isEqualTo(4);
  }

  @Test
  void takesANameWithPatternCharactersForAFile() {
    write("a[1].log", "one\n");
    importFiles("a[1].log");

    assertThat(sink.lines()).containsExactly("one");
  }

  @Test
  void findsFilesInFoldersBelow() throws IOException {
    Files.createDirectories(folder.resolve("x/y"));
    write("x/y/a.log", "deep\n");
    write("x/b.log", "shallow\n");
    importFiles("x/**.log");
    assertThat(sink.lines()).containsExactly("shallow", "deep");
  }

  @Test
  void readsAHundredMegabytesInOneLineInConstantMemory() throws IOException {
    Path file = folder.resolve("bomb.gz");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (int i = 0; i < 100; i++) {
        out.write(block);
      }
      out.write("\nafter\n".getBytes(UTF_8));
    }
    IngestCounts counts = importFiles("bomb.gz");

    assertThat(counts).isEqualTo(new IngestCounts(2, (1 << 20) + 5, 1, 0, 0));
    assertThat(sink.submissions().get(0).headers())
        .containsEntry(Headers.TRUNCATED, Long.toString(100L << 20));
  }

  @Test
  void readsAStreamToItsEnd() {
    IngestCounts counts = stream(new ByteArrayInputStream("a\r\nb\nc".getBytes(UTF_8)));

    assertThat(counts.lines()).isEqualTo(3);
    assertThat(sink.lines()).containsExactly("a", "b", "c");
    assertThat(sink.submissions().get(0).position()).isNull();
    assertThat(sink.submissions().get(0).source()).isEqualTo("stdin");
  }

  @Test
  void handsOverLinesWhileTheStreamIsSilent() throws Exception {
    try (PipedInputStream in = new PipedInputStream()) {
      Mono<IngestCounts> run = new StreamIngest(sink, scheduler, options()).importStream(in, "x");
      CompletableFuture<IngestCounts> counts;
      try (PipedOutputStream out = new PipedOutputStream(in)) {
        counts = run.toFuture();
        out.write("one\ntwo\nthr".getBytes(UTF_8));
        out.flush();
        await(() -> sink.lines().size() == 2);
        out.write("ee\n".getBytes(UTF_8));
        out.flush();
        await(() -> sink.lines().size() == 3);
      }
      assertThat(counts.get(20, TimeUnit.SECONDS).lines()).isEqualTo(3);
    }
    assertThat(sink.lines()).containsExactly("one", "two", "three");
  }

  @Test
  void keepsWhatAStreamGaveBeforeItBroke() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    InputStream in =
        new SequenceInputStream(new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)), broken);

    assertThatThrownBy(() -> stream(in))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("stdin");
    assertThat(sink.lines()).containsExactly("a", "b");
  }

  private IngestCounts stream(InputStream in) {
    return new StreamIngest(sink, scheduler, options()).importStream(in, "stdin").block(LIMIT);
  }

  private IngestCounts importFiles(String... names) {
    return ingest().importFiles(paths(names)).block(LIMIT);
  }

  private FileIngest ingest() {
    return new FileIngest(sink, sink::positions, scheduler, options());
  }

  private IngestOptions options() {
    return IngestOptions.defaults()
        .withListener(
            new IngestListener() {
              @Override
              public void unreadable(String path, IOException failure) {
                heard.add("unreadable " + path);
              }

              @Override
              public void waiting(Throwable failure) {
                heard.add("waiting " + failure.getMessage());
              }

              @Override
              public void progress(long bytesDone, long bytesTotal) {
                progress.add(bytesDone);
              }
            });
  }

  private List<String> paths(String... names) {
    return List.of(names).stream().map(name -> folder + "/" + name).toList();
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static String lines(int count) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, count).forEach(i -> text.append("line ").append(i).append('\n'));
    return text.toString();
  }
}

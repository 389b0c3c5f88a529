package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

class FileFollowerTest {

  @TempDir Path folder;

  private final KeepingSink sink = new KeepingSink();
  private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
  private final List<String> unreadable = new ArrayList<>();
  private final List<Throwable> waits = new ArrayList<>();
  private FileFollower follower;

  @BeforeEach
  void follow() {
    follower = newFollower("app.log*");
  }

  @AfterEach
  void close() {
    follower.close();
  }

  @Test
  void readsEachLineOnceWhileAFileGrows() {
    append("app.log", "one\ntw");
    pass();
    assertThat(sink.lines()).containsExactly("one");

    append("app.log", "o\nthree\r\n");
    pass();
    pass();

    assertThat(sink.lines()).containsExactly("one", "two", "three");
    assertThat(follower.counts()).isEqualTo(new IngestCounts(3, 11, 0, 0, 0));
  }

  @Test
  void readsTheLinesOfARowThatIsNotClosedWhenNothingMoreComes() {
    String row = "2024-05-01T10:00:00Z,INFO,\"never closed";
    append("app.log", "timestamp,level,message\n" + row + "\nnext\n");
    pass();
    pass();
    append("app.log", "another\n");
    pass();
    assertThat(sink.lines()).containsExactly("timestamp,level,message");

    for (int i = 0; i < 4; i++) {
      pass();
    }

    assertThat(sink.lines()).containsExactly("timestamp,level,message", row, "next", "another");
    append("app.log", "2024-05-01T10:00:01Z,INFO,\"a\nb\"\n");
    restart();
    pass();
    assertThat(sink.lines()).hasSize(5).endsWith("2024-05-01T10:00:01Z,INFO,\"a\nb\"");
  }

  @Test
  void readsARowThatComesInParts() {
    append("app.log", "timestamp,level,message\n2024-05-01T10:00:00Z,INFO,\"a\n");
    pass();
    pass();
    append("app.log", "b\"\n");
    for (int i = 0; i < 9; i++) {
      pass();
    }

    assertThat(sink.lines()).hasSize(2).endsWith("2024-05-01T10:00:00Z,INFO,\"a\nb\"");
  }

  @Test
  void readsARowThatIsNotClosedWhileTheFileGrowsOnAndOn() {
    String row = "2024-05-01T10:00:00Z,INFO,\"never closed";
    append("app.log", "timestamp,level,message\n" + row + "\n");
    for (int i = 0; i < 30; i++) {
      pass();
      assertThat(sink.lines()).hasSize(1);
      scheduler.advanceTimeBy(Duration.ofSeconds(1));
      append("app.log", i + "\n");
    }
    append("app.log", "2024-05-01T10:00:31Z,INFO,\"a\n");
    pass();

    assertThat(sink.lines()).hasSize(32).contains(row).endsWith("29");
    append("app.log", "b\"\n");
    restart();
    pass();
    assertThat(sink.lines()).hasSize(33).endsWith("2024-05-01T10:00:31Z,INFO,\"a\nb\"");
  }

  @Test
  void readsATornEntryOfTheJournalWhenNobodyGoesOnWithIt() {
    String entry = "__CURSOR=x\n__REALTIME_TIMESTAMP=1\nMESSAGE=torn\n";
    append("app.log", entry + "_PI");
    waitFor(Duration.ofSeconds(29));
    assertThat(sink.lines()).isEmpty();
    waitFor(Duration.ofSeconds(3));

    assertThat(sink.lines()).containsExactly(entry.strip());
    assertThat(sink.submissions().get(0).headers()).containsEntry(Headers.FORMAT, "text");
    append("app.log", "D=1\n");
    restart();
    waitFor(Duration.ofSeconds(29));
    assertThat(sink.lines()).hasSize(1);
    append("app.log", "\n__CURSOR=y\n__REALTIME_TIMESTAMP=2\nMESSAGE=next\n\n");
    pass();
    pass();
    assertThat(sink.lines()).hasSize(3);
    assertThat(sink.lines().get(1)).isEqualTo("_PID=1\n");
    assertThat(sink.lines().get(2)).startsWith("{").contains("next");
  }

  @Test
  void takesNothingInAValueForAnEntryBehindWhatWasReadTooEarly() {
    String forged = "a\n\n__CURSOR=z\n__REALTIME_TIMESTAMP=3\nMESSAGE=forged\n\n";
    String rest = "_UID=0\n" + RecordReaderTest.binary("MESSAGE", forged) + "_PID=1\n\n";
    for (int cut = 0; cut <= rest.length(); cut++) {
      String name = "app.log." + cut;
      append(name, "__CURSOR=x\n__REALTIME_TIMESTAMP=" + cut + "\n" + rest.substring(0, cut));
      waitFor(Duration.ofSeconds(32));
      if (cut % 2 == 0) {
        restart();
      }
      append(name, rest.substring(cut) + "__CURSOR=y\nMESSAGE=whole\n\n");
      waitFor(Duration.ofSeconds(1));

      assertThat(sink.lines().stream().filter(line -> line.startsWith("{")).toList())
          .as("cut at " + cut)
          .allMatch(line -> line.contains("whole") || line.contains("_UID"))
          .filteredOn(line -> line.contains("whole"))
          .hasSize(cut + 1);
      assertThat(sink.lines().stream().filter(line -> line.contains("forged"))).hasSize(cut + 1);
    }
  }

  @Test
  void takesNothingInAValueForAnEntryBehindAFieldThatIsLongerThanALineMayBe() {
    String forged = "a\n\n__CURSOR=z\n__REALTIME_TIMESTAMP=3\nMESSAGE=forged\n\n";
    String field = "COREDUMP=" + "0".repeat(IngestOptions.defaults().maxLineBytes()) + "\n";
    String rest = RecordReaderTest.binary("MESSAGE", forged) + "\n__CURSOR=y\nMESSAGE=whole\n\n";
    for (String name : List.of("app.log.1", "app.log.2")) {
      append(name, "__CURSOR=" + name + "\n__REALTIME_TIMESTAMP=1\n");
      waitFor(Duration.ofSeconds(32));
      append(name, field + (name.endsWith("1") ? rest : ""));
      waitFor(Duration.ofSeconds(2));
      if (name.endsWith("2")) {
        restart();
        append(name, rest);
        waitFor(Duration.ofSeconds(2));
      }
    }

    assertThat(sink.lines().stream().filter(line -> line.startsWith("{")))
        .hasSize(2)
        .allMatch(line -> line.contains("whole"));
    assertThat(sink.lines().stream().filter(line -> line.contains("forged"))).hasSize(2);
  }

  @Test
  void waitsForTheRestOfAnEntryOfTheJournalUntilTheFileEnds() {
    String open = "__CURSOR=x\n" + RecordReaderTest.binary("MESSAGE", "0123456789\n\n");
    append("app.log", open.substring(0, open.length() - 3));
    for (int i = 0; i < 9; i++) {
      pass();
      scheduler.advanceTimeBy(Duration.ofMinutes(1));
    }
    assertThat(sink.lines()).isEmpty();

    move("app.log", "app.log.1");
    pass();
    assertThat(sink.lines()).isEmpty();
    scheduler.advanceTimeBy(Duration.ofMinutes(1));
    pass();

    assertThat(sink.lines()).hasSize(1);
    assertThat(sink.lines().get(0)).startsWith("__CURSOR=x\nMESSAGE\n").endsWith("0123456789");
  }

  @Test
  void goesOnAfterARestartAtEachLineOfASmallFile() {
    for (int i = 0; i < 40; i++) {
      append("app.log", numbered(i, i + 1));
      restart();
      pass();
    }

    assertThat(sink.lines()).isEqualTo(numbers(0, 40));
  }

  @Test
  void goesOnWhereTheSinkStoodWhenTheProcessDied() {
    append("app.log", numbered(0, 5_000));
    sink.dieAfter(3);
    pass();
    assertThat(sink.lines()).hasSizeBetween(1, 4_999);

    sink.dieAfter(Integer.MAX_VALUE / 2);
    restart();
    append("app.log", numbered(5_000, 5_100));
    pass();

    assertThat(sink.lines()).isEqualTo(numbers(0, 5_100));
  }

  @Test
  void readsAgainWhatTheSinkDidNotTake() {
    append("app.log", numbered(0, 3_000));
    sink.failNext(new BackendException.Misconfigured("no rights", null));
    pass();
    pass();

    assertThat(sink.lines()).isEqualTo(numbers(0, 3_000));
    assertThat(waits).hasSize(1);
  }

  @Test
  void finishesARenamedFileBeforeTheNewOne() {
    append("app.log", numbered(0, 100));
    pass();
    append("app.log", numbered(100, 120));
    move("app.log", "app.log.1");
    append("app.log", numbered(120, 130));
    pass();
    append("app.log.1", "late\n");
    append("app.log", numbered(130, 140));
    pass();

    assertThat(sink.lines().subList(0, 130)).isEqualTo(numbers(0, 130));
    assertThat(sink.lines()).hasSize(141).contains("late").containsAll(numbers(130, 140));
  }

  @Test
  void findsARenamedFileAgainAfterARestart() {
    append("app.log", numbered(0, 100));
    pass();
    append("app.log", numbered(100, 120));
    move("app.log", "app.log.1");
    append("app.log", numbered(120, 130));
    restart();
    pass();

    assertThat(sink.lines()).isEqualTo(numbers(0, 130));
  }

  @Test
  void readsAFileThatLeftTheGlobToItsEnd() {
    append("app.log", numbered(0, 10));
    pass();
    move("app.log", "old");
    append("old", numbered(10, 20));
    append("app.log", "new\n");
    pass();
    append("old", "tail without end");
    pass();
    scheduler.advanceTimeBy(Duration.ofSeconds(31));
    pass();
    append("old", " is not followed for ever\n");
    pass();

    assertThat(sink.lines().subList(0, 10)).isEqualTo(numbers(0, 10));
    assertThat(sink.lines()).hasSize(22).contains("tail without end", "new");
  }

  @Test
  void readsWhatWasWrittenToADeletedFile() throws IOException {
    append("app.log", numbered(0, 10));
    pass();
    append("app.log", numbered(10, 12));
    Files.delete(folder.resolve("app.log"));
    pass();
    append("app.log", "anew\n");
    pass();

    assertThat(sink.lines().subList(0, 12)).isEqualTo(numbers(0, 12));
    assertThat(sink.lines().subList(12, sink.lines().size())).containsExactly("anew");
  }

  @Test
  void readsTheRestFromTheCopyOfATruncatedFile() throws IOException {
    append("app.log", numbered(0, 500));
    pass();
    append("app.log", numbered(500, 520));
    Files.copy(folder.resolve("app.log"), folder.resolve("app.log.1"));
    truncate("app.log");
    append("app.log", numbered(520, 530));
    pass();

    assertThat(sink.lines()).hasSize(530).containsAll(numbers(0, 530));
  }

  @Test
  void doesNotReadASmallCopyAgain() throws IOException {
    append("app.log.1", "older\n");
    append("app.log", numbered(0, 5));
    pass();
    append("app.log", numbered(5, 6));
    move("app.log.1", "app.log.2");
    Files.copy(folder.resolve("app.log"), folder.resolve("app.log.1"));
    truncate("app.log");
    pass();
    append("app.log", numbered(6, 8));
    pass();
    restart();
    pass();

    assertThat(sink.lines()).contains("older").hasSize(9).containsAll(numbers(0, 8));
  }

  @Test
  void readsTheEqualHeaderOfAFileWithANewName() {
    append("app.log.mon", "time,level,message\n1,INFO,a\n");
    pass();
    append("app.log.tue", "time,level,message\n");
    pass();
    append("app.log.tue", "2,INFO,b\n");
    pass();
    append("app.log.wed", "time,level,message\n3,INFO,c\n");
    pass();
    restart();
    pass();

    assertThat(sink.lines()).hasSize(6).endsWith("time,level,message", "3,INFO,c");
  }

  @Test
  void readsAFileThatBeginsLikeAnotherAsSoonAsItGoesOnDifferently() {
    append("app.log", numbered(0, 500));
    pass();
    append("app.log.b", numbered(0, 300));
    pass();
    assertThat(sink.lines()).hasSize(500);

    append("app.log.b", "other\n");
    pass();
    append("app.log.b", "and on\n");
    pass();
    restart();
    append("app.log", "too\n");
    pass();

    assertThat(sink.lines().subList(500, 802)).startsWith("0000").endsWith("other", "and on");
    assertThat(sink.lines()).hasSize(803).endsWith("too");
  }

  @Test
  void waitsForAKnownFileThatIsStillBeingCompressed() throws IOException {
    append("app.log", numbered(0, 3_000));
    pass();
    byte[] whole = gzip(bytes(numbered(0, 3_000)));
    Files.delete(folder.resolve("app.log"));
    restart();
    for (int size : new int[] {whole.length / 2, whole.length - 3, whole.length}) {
      Files.write(folder.resolve("app.log.1.gz"), Arrays.copyOf(whole, size));
      pass();
    }

    assertThat(sink.lines()).hasSize(3_000);
  }

  @Test
  void waitsForACopyThatIsStillGrowing() throws IOException {
    append("app.log", numbered(0, 500));
    pass();
    byte[] all = Files.readAllBytes(folder.resolve("app.log"));
    for (int size : new int[] {0, 1024, 2_000, all.length}) {
      Files.write(folder.resolve("app.log.1"), Arrays.copyOf(all, size));
      pass();
    }

    assertThat(sink.lines()).isEqualTo(numbers(0, 500));
  }

  @Test
  void takesATruncatedFileForNewContent() throws IOException {
    append("app.log", numbered(0, 500));
    pass();
    truncate("app.log");
    append("app.log", numbered(0, 3));
    pass();
    append("app.log", numbered(3, 6));
    pass();

    assertThat(sink.lines()).hasSize(506);
    assertThat(sink.lines().subList(500, 506)).isEqualTo(numbers(0, 6));
  }

  @Test
  void noticesContentThatWasReplacedByMore() throws IOException {
    append("app.log", numbered(0, 10));
    pass();
    truncate("app.log");
    append("app.log", numbered(50, 90));
    pass();

    assertThat(sink.lines().subList(10, 50)).isEqualTo(numbers(50, 90));
  }

  @Test
  void readsTheEqualHeaderOfTheFileThatTookTheOldOnesPlace() {
    append("app.log", "time,level,message\n1,INFO,a\n");
    pass();
    move("app.log", "app.log.1");
    append("app.log", "time,level,message\n");
    pass();
    append("app.log", "2,INFO,b\n");
    pass();

    assertThat(sink.lines())
        .containsExactly("time,level,message", "1,INFO,a", "time,level,message", "2,INFO,b");
  }

  @Test
  void doesNotReadARotatedFileAgainWhenItIsCompressed() throws IOException {
    append("app.log", numbered(0, 2_000));
    append("app.log.1", "small\n");
    pass();
    append("app.log", numbered(2_000, 2_010));
    for (String name : List.of("app.log", "app.log.1")) {
      Files.write(folder.resolve(name + ".gz"), gzip(Files.readAllBytes(folder.resolve(name))));
      Files.delete(folder.resolve(name));
    }
    restart();
    pass();

    assertThat(sink.lines()).hasSize(2_011).containsAll(numbers(0, 2_010)).contains("small");
  }

  @Test
  void readsACompressedFileThatIsStillBeingWritten() throws IOException {
    byte[] whole = gzip(bytes(numbered(0, 3_000)));
    for (int size : new int[] {0, 1, 5, 30, whole.length / 2, whole.length - 3, whole.length}) {
      Files.write(folder.resolve("app.log.1.gz"), Arrays.copyOf(whole, size));
      pass();
    }

    assertThat(sink.lines()).isEqualTo(numbers(0, 3_000));
  }

  @Test
  void readsOldFilesFirst() throws IOException {
    append("app.log", "c\n");
    append("app.log.1", "b\n");
    append("app.log.2", "a\n");
    for (int i = 0; i < 3; i++) {
      String name = List.of("app.log.2", "app.log.1", "app.log").get(i);
      Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(1_000_000L * (i + 1)));
    }
    pass();

    assertThat(sink.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void readsAFileOfSeveralNamesOnce() throws IOException {
    append("app.log", "one\n");
    Files.createLink(folder.resolve("app.log.hard"), folder.resolve("app.log"));
    Files.createSymbolicLink(folder.resolve("app.log.soft"), folder.resolve("app.log"));
    pass();

    assertThat(sink.lines()).containsExactly("one");
  }

  @Test
  void reportsWhatItCannotReadOnceAndReadsTheRest() throws IOException {
    append("app.log", "one\n");
    // A loop of links cannot be resolved by any user, root included.
    Files.createSymbolicLink(folder.resolve("app.log.loop"), folder.resolve("app.log.loop"));
    Files.write(
        folder.resolve("app.log.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 9});
    pass();
    append("app.log", "two\n");
    pass();

    assertThat(sink.lines()).containsExactly("one", "two");
    assertThat(unreadable).anyMatch(path -> path.endsWith("app.log.gz"));
    assertThat(follower.counts().unreadable()).isEqualTo(unreadable.size()).isBetween(1L, 2L);
  }

  @Test
  void cutsALineThatIsTooLongWhileItGrows() {
    append("app.log", "before\n");
    for (int i = 0; i < 5; i++) {
      append("app.log", "x".repeat(1 << 20));
      pass();
    }
    append("app.log", "\nafter\n");
    pass();

    List<Submission> lines = sink.submissions();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).body()).hasSize(1 << 20);
    assertThat(lines.get(1).headers()).containsEntry(Headers.TRUNCATED, "5242880");
    assertThat(sink.lines().get(2)).isEqualTo("after");
    assertThat(follower.counts().cut()).isEqualTo(1);
  }

  @Test
  void takesBinaryGarbageForLines() throws IOException {
    byte[] garbage = {0, -1, -2, '\n', (byte) 0xC3, 0x28, 0, '\r', '\n'};
    Files.write(folder.resolve("app.log"), garbage);
    pass();

    assertThat(sink.submissions())
        .extracting(line -> new String(line.body(), ISO_8859_1))
        .containsExactly("\u0000\u00FF\u00FE", "\u00C3(\u0000");
  }

  @Test
  void countsAndReportsWhatTheSinkRejects() {
    sink.reject(line -> new String(line.body(), UTF_8).equals("0001"));
    append("app.log", numbered(0, 3));
    pass();
    pass();

    assertThat(sink.lines()).containsExactly("0000", "0002");
    assertThat(follower.counts()).isEqualTo(new IngestCounts(2, 8, 0, 1, 0));
  }

  @Test
  void keepsFewHandlesOpen() throws IOException {
    for (int i = 0; i < 400; i++) {
      append("app.log." + i, "line of " + i + "\n");
    }
    pass();
    long handles;
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      handles = open.filter(fd -> leadsInto(fd, folder)).count();
    }
    append("app.log.0", "more\n");
    pass();

    assertThat(handles).isBetween(1L, 256L);
    assertThat(sink.lines()).hasSize(401).endsWith("more");
  }

  @Test
  void looksAgainAtEachInterval() {
    follower.start();
    append("app.log", "one\n");
    scheduler.advanceTimeBy(Duration.ofMillis(600));
    assertThat(sink.lines()).containsExactly("one");

    append("app.log", "two\n");
    sink.failNext(new IllegalStateException("a defect of the sink"));
    scheduler.advanceTimeBy(Duration.ofMillis(600));
    assertThat(sink.lines()).containsExactly("one", "two");

    follower.close();
    follower.close();
    append("app.log", "three\n");
    scheduler.advanceTimeBy(Duration.ofMillis(600));
    assertThat(sink.lines()).containsExactly("one", "two");
  }

  private FileFollower newFollower(String glob) {
    IngestListener listener =
        new IngestListener() {
          @Override
          public void unreadable(String path, IOException failure) {
            unreadable.add(path);
          }

          @Override
          public void waiting(Throwable failure) {
            waits.add(failure);
          }
        };
    return new FileIngest(
            sink, sink::positions, scheduler, IngestOptions.defaults().withListener(listener))
        .follower(List.of(folder.resolve(glob).toString()));
  }

  private void restart() {
    follower.close();
    follower = newFollower("app.log*");
  }

  private void pass() {
    follower.pass().doOnError(waits::add).onErrorComplete().subscribe();
    scheduler.advanceTimeBy(Duration.ofMillis(10));
  }

  private void waitFor(Duration time) {
    pass();
    for (long second = 0; second < time.toSeconds(); second++) {
      scheduler.advanceTimeBy(Duration.ofSeconds(1));
      pass();
    }
  }

  private void append(String name, String text) {
    try {
      Files.write(folder.resolve(name), bytes(text), CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void move(String from, String to) {
    try {
      Files.move(folder.resolve(from), folder.resolve(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void truncate(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  private static boolean leadsInto(Path link, Path folder) {
    try {
      return Files.readSymbolicLink(link).startsWith(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> numbers(int from, int to) {
    List<String> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      numbers.add(String.format(Locale.ROOT, "%04d", i));
    }
    return numbers;
  }

  private static String numbered(int from, int to) {
    return String.join("\n", numbers(from, to)) + "\n";
  }
}

package shop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the application takes to start with logdash and without it on the class path. Not a part
 * of the build, since it says nothing on a busy machine:
 *
 * <pre>mvn -pl examples/spring-boot-3,examples/spring-boot-4 -am test -Dtest=StartUpFigures
 * -Dsurefire.failIfNoSpecifiedTests=false -DfailIfNoTests=false</pre>
 *
 * <p>On two idle processors, Java 17, 2026-11-28: Spring Boot 3.5.16 took 3.67 s without, 4.31 s
 * with a new folder and 4.06 s with an existing one; Spring Boot 4.1.2 3.81, 4.57 and 4.56 s.
 */
class StartUpFigures {

  private static final int RUNS = 5;

  @TempDir private Path folder;

  @Test
  void printsThem() throws Exception {
    List<String> with = ChildShop.classPath();
    List<String> without = with.stream().filter(part -> !part.contains("logdash-")).toList();
    List<Start> base = new ArrayList<>();
    List<Start> fresh = new ArrayList<>();
    List<Start> again = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      String data = "--logdash.data.dir=" + folder.resolve("data" + run);
      base.add(start(without, data));
      fresh.add(start(with, data));
      again.add(start(with, data));
    }
    System.out.printf(
        "Spring Boot %s, medians of %d starts; seconds, and seconds of the processors%n",
        System.getProperty("example.boot"), RUNS);
    print("without logdash", base);
    print("with logdash and a new folder", fresh);
    print("with logdash and a folder that is there", again);
  }

  private record Start(double seconds, double processorSeconds) {}

  private Start start(List<String> classPath, String data)
      throws IOException, InterruptedException {
    try (ChildShop shop = ChildShop.start(classPath, folder.resolve("output"), data)) {
      shop.started(1);
      return new Start(shop.seconds(), shop.processorSeconds());
    }
  }

  private static void print(String what, List<Start> starts) {
    System.out.printf(
        "%-40s %6.2f %6.2f%n",
        what, median(starts, Start::seconds), median(starts, Start::processorSeconds));
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
    return starts.stream().mapToDouble(figure).sorted().toArray()[starts.size() / 2];
  }
}

package shop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the application takes to start with logdash and without it on the class path. Not a part
 * of the build, since it says nothing on a busy machine:
 *
 * <pre>mvn -pl examples/spring-boot-3,examples/spring-boot-4 -am test -Dtest=StartUpFigures
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class StartUpFigures {

  private static final int RUNS = 7;

  @TempDir private Path folder;

  @Test
  void printsThem() throws Exception {
    List<String> with = ChildShop.classPath();
    List<String> without = with.stream().filter(part -> !part.contains("logdash-")).toList();
    List<Double> base = new ArrayList<>();
    List<Double> fresh = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      String data = "--logdash.data.dir=" + folder.resolve("data" + run);
      base.add(start(without, data));
      fresh.add(start(with, data));
      again.add(start(with, data));
    }
    System.out.printf(
        "Spring Boot %s, seconds from the start of the process, median of %d: %.2f without logdash,"
            + " %.2f with a new folder, %.2f with one that is there%n",
        System.getProperty("example.boot"), RUNS, median(base), median(fresh), median(again));
  }

  private double start(List<String> classPath, String data)
      throws IOException, InterruptedException {
    try (ChildShop shop = ChildShop.start(classPath, folder.resolve("output"), data)) {
      shop.started(1);
      return shop.seconds();
    }
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}

package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first search and the first append of a process may come at the same moment. */
@Timeout(120)
class LuceneInitialisationTest {

  private static final int ROUNDS = 10;

  @Test
  void theFirstSearchAndTheFirstAppendDoNotWaitForEachOther() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(new File(entry).toURI().toURL());
    }
    for (int round = 0; round < ROUNDS; round++) {
      // Classes that nobody has initialised yet.
      try (URLClassLoader fresh =
          new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
        CyclicBarrier together = new CyclicBarrier(2);
        Thread append = first(fresh, together, "org.apache.lucene.index.ConcurrentMergeScheduler");
        Thread search = first(fresh, together, "org.apache.lucene.index.IndexWriter");
        append.join(30_000);
        search.join(30_000);

        assertThat(append.isAlive() || search.isAlive()).as("round %s", round).isFalse();
      }
    }
  }

  private static Thread first(ClassLoader classes, CyclicBarrier together, String touched) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Class.forName("dev.logdash.embedded.LuceneLogStore", true, classes);
                together.await();
                Class.forName(touched, true, classes);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            },
            touched);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}

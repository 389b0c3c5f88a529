package dev.logdash.elasticsearch;

import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import java.nio.file.Path;

/** The newest server, where there is a Java that it runs on. */
final class Version9 {

  private Version9() {}

  private static final class Shared {
    static final ElasticsearchServer SERVER =
        ElasticsearchServer.start(ElasticsearchServer.VERSION_9, java(), TestServer.folder());
  }

  static boolean isThere() {
    return ElasticsearchServer.javaForVersion9() != null;
  }

  static String url() {
    return Shared.SERVER.url();
  }

  private static Path java() {
    Path java = ElasticsearchServer.javaForVersion9();
    if (java == null) {
      throw new IllegalStateException("no Java of 21 or newer");
    }
    return java;
  }
}

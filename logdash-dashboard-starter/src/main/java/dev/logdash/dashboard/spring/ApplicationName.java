package dev.logdash.dashboard.spring;

import java.nio.file.Path;
import org.springframework.core.env.Environment;

/** What an application is called. */
final class ApplicationName {

  private ApplicationName() {}

  /** Its {@code spring.application.name}, else the name of the folder that it was started in. */
  static String of(Environment environment) {
    String name = environment.getProperty("spring.application.name", "").strip();
    if (!name.isEmpty()) {
      return name;
    }
    Path folder = Path.of("").toAbsolutePath().getFileName();
    return folder == null ? "application" : folder.toString();
  }
}

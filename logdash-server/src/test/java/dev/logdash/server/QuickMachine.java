package dev.logdash.server;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A Java machine for short lives: what a better compiler wins it does not live to see, and its
 * classes come prepared from an archive, which saves about a third of the work of a start.
 */
final class QuickMachine {

  private QuickMachine() {}

  /**
   * Makes the archive in a folder by one import.
   *
   * @return how Java is called, up to the name of the class
   */
  static List<String> prepare(Path folder) throws IOException, InterruptedException {
    String classPath = jars(folder);
    Path archive = folder.resolve("classes.jsa");
    List<String> recording = call("-XX:ArchiveClassesAtExit=" + archive, classPath);
    KillChain chain = new KillChain(recording, folder.resolve("import"), 1);
    chain.logs().grow(20);
    chain.finish();
    return call("-XX:SharedArchiveFile=" + archive, classPath);
  }

  private static List<String> call(String archive, String classPath) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off",
        archive,
        "-cp",
        classPath);
  }

  /** The class path of this process, with folders packed: an archive takes classes of jars only. */
  private static String jars(Path target) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = target.resolve("classes-" + entries.size() + ".jar");
        pack(path, jar);
        entries.add(jar.toString());
      } else {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(folder)) {
      out.setLevel(0);
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
  }
}

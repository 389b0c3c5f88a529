package dev.logdash.core.ingest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file, or a glob ({@code * ? [] {} **}). A name that exists is that file, whatever
 * characters it has. Symbolic links are followed.
 */
final class PathPattern {

  private static final int DEEPEST = 64;

  private final Path literal;
  private final @Nullable PathMatcher glob;
  private final Path root;
  private final int depth;

  private PathPattern(Path literal, @Nullable PathMatcher glob, Path root, int depth) {
    this.literal = literal;
    this.glob = glob;
    this.root = root;
    this.depth = depth;
  }

  /** Reads a pattern; one that is not absolute starts at the working directory. */
  static PathPattern of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the name of a file is empty");
    }
    Path literal = Path.of(text).toAbsolutePath().normalize();
    int special = firstSpecial(literal.toString());
    if (special < 0) {
      return new PathPattern(literal, null, literal, 0);
    }
    String whole = literal.toString();
    int slash = whole.lastIndexOf('/', special);
    Path root = Path.of(slash <= 0 ? "/" : whole.substring(0, slash));
    String rest = whole.substring(slash + 1);
    boolean anyDepth = rest.contains("**") || rest.contains("{");
    int depth = anyDepth ? DEEPEST : (int) rest.chars().filter(c -> c == '/').count() + 1;
    PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + whole);
    return new PathPattern(literal, glob, root, depth);
  }

  /** Hands over the files that match at this moment, and the places that cannot be looked at. */
  void expand(
      BiConsumer<Path, BasicFileAttributes> found, BiConsumer<Path, IOException> unreadable) {
    PathMatcher matcher = glob;
    if (matcher == null || Files.exists(literal)) {
      try {
        found.accept(literal, Files.readAttributes(literal, BasicFileAttributes.class));
      } catch (IOException e) {
        unreadable.accept(literal, e);
      }
      return;
    }
    Set<FileVisitOption> links = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
    try {
      Files.walkFileTree(
          root,
          links,
          depth,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && matcher.matches(file)) {
                found.accept(file, attributes);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              unreadable.accept(file, failure);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
              if (failure != null) {
                unreadable.accept(folder, failure);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      unreadable.accept(root, e);
    }
  }

  boolean isGlob() {
    return glob != null;
  }

  @Override
  public String toString() {
    return literal.toString();
  }

  private static int firstSpecial(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}

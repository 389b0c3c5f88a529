package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the user interface: those that {@value #LIST} names and no others, so that no path
 * of a request ever becomes the path of a resource. References between them get a version, under
 * which browsers keep them for good.
 */
final class StaticFiles {

  static final String FOLDER = "META-INF/logdash/ui/";
  static final String LIST = "files.txt";

  /** The views of the interface, which the page at their address tells apart. */
  static final Set<String> PAGES =
      Set.of("", "explore", "overview", "alerts", "pipeline", "settings", "setup");

  private static final String INDEX = "index.html";
  private static final int LEAST_TO_COMPRESS = 1_000;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain;charset=utf-8");
  // What refers to another file: an import, an attribute of the page, an image of a style sheet.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "((?:\\bfrom|\\bimport)\\s*\\(?\\s*[\"']|(?:src|href)=[\"']|url\\([\"']?)"
              + "([^\"'()?#\\s:]+)(?=[\"')])");

  private static final class File {
    final String type;
    final byte[] bytes;
    final byte @Nullable [] compressed;

    File(String type, byte[] bytes, byte @Nullable [] compressed) {
      this.type = type;
      this.bytes = bytes;
      this.compressed = compressed;
    }
  }

  private final Map<String, File> files = new HashMap<>();
  private final String version;

  private StaticFiles(Map<String, byte[]> contents) {
    version = digest(contents);
    contents.forEach(
        (name, bytes) -> {
          byte[] versioned = isText(name) ? versioned(name, bytes, contents.keySet()) : bytes;
          files.put(name, new File(type(name), versioned, isText(name) ? gzip(versioned) : null));
        });
  }

  /** Reads all files; there are a few hundred kilobytes of them. */
  static StaticFiles load(ClassLoader loader) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (String line : new String(read(loader, LIST), UTF_8).split("\n", -1)) {
      String name = line.strip();
      if (!name.isEmpty()) {
        contents.put(name, read(loader, name));
      }
    }
    return new StaticFiles(contents);
  }

  Set<String> names() {
    return files.keySet();
  }

  /**
   * The answer for a path, or null if nothing is there.
   *
   * @param path decoded, below the mount
   * @param asked the version in the address, or the empty text
   * @param known the tag of what the browser has
   */
  Reply.@Nullable Body find(String path, String asked, String known, boolean compress) {
    boolean page = PAGES.contains(path) || path.equals(INDEX);
    File file = files.get(page ? INDEX : path);
    if (file == null) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", tag());
    headers.put("Vary", "Accept-Encoding");
    headers.put(
        "Cache-Control",
        !page && asked.equals(version) ? "public, max-age=31536000, immutable" : "no-cache");
    if (known.equals(tag())) {
      return new Reply.Body(304, file.type, new byte[0], headers);
    }
    byte[] compressed = file.compressed;
    if (compress && compressed != null) {
      headers.put("Content-Encoding", "gzip");
      return new Reply.Body(200, file.type, compressed, headers);
    }
    return new Reply.Body(200, file.type, file.bytes, headers);
  }

  // One for all: a new file changes who refers to it, and that changes the next.
  private String tag() {
    return 'W' + "/\"" + version + '"';
  }

  private byte[] versioned(String name, byte[] bytes, Set<String> names) {
    Matcher reference = REFERENCE.matcher(new String(bytes, UTF_8));
    StringBuilder text = new StringBuilder();
    while (reference.find()) {
      String written = reference.group(2);
      String target = URI.create(name).resolve(written).toString();
      String versioned =
          names.contains(target)
              ? reference.group(1) + written + "?v=" + version
              : reference.group();
      reference.appendReplacement(text, Matcher.quoteReplacement(versioned));
    }
    return reference.appendTail(text).toString().getBytes(UTF_8);
  }

  private static boolean isText(String name) {
    String type = type(name);
    return type.startsWith("text/") || type.endsWith("svg+xml");
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String type = TYPES.get(ending);
    if (type == null) {
      throw new IllegalStateException("a file of the interface has an unknown type: " + name);
    }
    return type;
  }

  private static byte @Nullable [] gzip(byte[] bytes) {
    if (bytes.length < LEAST_TO_COMPRESS) {
      return null;
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static String digest(Map<String, byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      contents.forEach(
          (name, bytes) -> {
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(bytes);
          });
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException("no resource " + FOLDER + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

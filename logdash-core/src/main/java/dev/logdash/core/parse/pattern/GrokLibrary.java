package dev.logdash.core.parse.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The grok patterns that need no definition, with ECS names. */
final class GrokLibrary {

  private static final String RESOURCE = "grok.patterns";

  /** What each name stands for. */
  static final Map<String, String> DEFINITIONS = read();

  private GrokLibrary() {}

  private static Map<String, String> read() {
    Map<String, String> definitions = new LinkedHashMap<>();
    try (InputStream in = GrokLibrary.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        if (space > 0 && line.charAt(0) != '#') {
          definitions.put(line.substring(0, space), line.substring(space + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(definitions);
  }
}

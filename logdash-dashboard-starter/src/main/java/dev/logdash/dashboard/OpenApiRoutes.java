package dev.logdash.dashboard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import reactor.core.publisher.Mono;

/** The description of the HTTP API. */
final class OpenApiRoutes {

  private static final String RESOURCE = "META-INF/logdash/openapi.json";

  private final byte[] document = read();

  List<Route> routes() {
    return List.of(
        Route.get(
            "api/v1/openapi.json", null, List.of(), exchange -> Mono.just(Reply.json(document))));
  }

  private static byte[] read() {
    try (InputStream in = OpenApiRoutes.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException("no resource " + RESOURCE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

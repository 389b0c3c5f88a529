package dev.logdash.dashboard;

import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What is answered to a request. */
sealed interface Reply {

  String JSON = "application/json;charset=utf-8";

  /** A whole answer. */
  final class Body implements Reply {
    private final int status;
    private final String contentType;
    private final byte[] bytes;
    private final Map<String, String> headers;

    Body(int status, String contentType, byte[] bytes, Map<String, String> headers) {
      this.status = status;
      this.contentType = contentType;
      this.bytes = bytes;
      this.headers = Map.copyOf(headers);
    }

    int status() {
      return status;
    }

    String contentType() {
      return contentType;
    }

    byte[] bytes() {
      return bytes;
    }

    Map<String, String> headers() {
      return headers;
    }
  }

  /** An answer that goes on until one side ends it. */
  record Stream(String user, TailStream tail) implements Reply {}

  static Body json(byte[] bytes) {
    return new Body(200, JSON, bytes, Map.of());
  }

  static Body object(Consumer<JsonGenerator> members) {
    return json(Json.object(members));
  }

  static Body empty(int status) {
    return new Body(status, JSON, new byte[0], Map.of());
  }
}

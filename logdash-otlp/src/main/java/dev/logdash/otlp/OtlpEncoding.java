package dev.logdash.otlp;

import java.util.Locale;
import java.util.Optional;

/** How a request and its answer are written. */
public enum OtlpEncoding {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String contentType;

  OtlpEncoding(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /** The encoding that a header Content-Type names; empty for any other. */
  public static Optional<OtlpEncoding> of(String header) {
    String type = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    for (OtlpEncoding encoding : values()) {
      if (encoding.contentType.equals(type)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }
}

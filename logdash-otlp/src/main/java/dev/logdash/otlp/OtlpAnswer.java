package dev.logdash.otlp;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a sender is told, in the encoding in which it asked. */
public final class OtlpAnswer {

  private static final JsonMapper MAPPER = new JsonMapper();
  // google.rpc.Status: the text is field 2.
  private static final int STATUS_MESSAGE = 2;

  private OtlpAnswer() {}

  /**
   * That the records were taken.
   *
   * @param rejected how many were not and never will be
   * @param reason why; empty if none
   */
  public static byte[] taken(OtlpEncoding encoding, long rejected, String reason) {
    if (encoding == OtlpEncoding.JSON) {
      ObjectNode answer = MAPPER.createObjectNode();
      if (rejected > 0) {
        answer
            .putObject("partialSuccess")
            .put("rejectedLogRecords", Long.toString(rejected))
            .put("errorMessage", reason);
      }
      return MAPPER.writeValueAsBytes(answer);
    }
    ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
    if (rejected > 0) {
      answer.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(rejected)
              .setErrorMessage(reason));
    }
    return answer.build().toByteArray();
  }

  /** That nothing was taken: a status with the reason. */
  public static byte[] failed(OtlpEncoding encoding, String reason) {
    if (encoding == OtlpEncoding.JSON) {
      return MAPPER.writeValueAsBytes(MAPPER.createObjectNode().put("message", reason));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeString(STATUS_MESSAGE, reason);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

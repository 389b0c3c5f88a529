package dev.logdash.server;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ExitCode;
import tools.jackson.databind.JsonNode;

/** Reads events as the HTTP API shows them. */
final class RemoteEvents {

  private RemoteEvents() {}

  /**
   * The events of an answer, in its order.
   *
   * @throws CommandFailed if it is not one of logdash
   */
  static List<LogEvent> of(JsonNode answer) {
    List<LogEvent> events = new ArrayList<>();
    try {
      for (JsonNode event : answer.path("events")) {
        events.add(event(event));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CommandFailed(
          ExitCode.SOFTWARE, "the answer holds an event that this version does not understand", e);
    }
    return events;
  }

  private static LogEvent event(JsonNode event) {
    Attributes.Builder attributes = Attributes.builder();
    event
        .path("attributes")
        .properties()
        .forEach(member -> put(attributes, member.getKey(), member.getValue()));
    return LogEvent.builder(text(event, "id"))
        .timestampNanos(nanos(event, EcsFields.TIMESTAMP))
        .observedNanos(nanos(event, EcsFields.EVENT_INGESTED))
        .severity(Severity.of(event.path("severity").asInt(0)))
        .severityText(text(event, "level"))
        .service(text(event, "service"))
        .source(text(event, "source"))
        .message(text(event, "message"))
        .traceId(text(event, EcsFields.TRACE_ID))
        .spanId(text(event, EcsFields.SPAN_ID))
        .attributes(attributes.build())
        .build();
  }

  private static void put(Attributes.Builder attributes, String name, JsonNode value) {
    if (value.isIntegralNumber()) {
      attributes.put(name, value.asLong());
    } else if (value.isNumber()) {
      attributes.put(name, value.asDouble());
    } else if (value.isBoolean()) {
      attributes.put(name, value.asBoolean());
    } else if (value.isArray()) {
      List<String> values = new ArrayList<>();
      value.forEach(element -> values.add(element.asString()));
      attributes.put(name, values);
    } else {
      attributes.put(name, value.asString());
    }
  }

  private static long nanos(JsonNode event, String name) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(text(event, name)));
  }

  private static String text(JsonNode event, String name) {
    return event.path(name).asString("");
  }
}

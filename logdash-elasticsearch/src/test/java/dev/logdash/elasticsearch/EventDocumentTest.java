package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.QuantileSketch;
import dev.logdash.core.text.Tokenizer;
import dev.logdash.tck.LogEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the bytes of documents to what the classes of core say of events. */
class EventDocumentTest {

  private final EventDocument document = new EventDocument();
  private final JsonBytes json = new JsonBytes(16);

  @Test
  void saysOfAnEventWhatCoreSays() {
    for (LogEvent event : new EventGenerator(11).events(2_000)) {
      assertThat(written(event)).isEqualTo(expected(event));
    }
  }

  @Test
  void escapesWhatJsonCannotHold() {
    String odd = "\"a\\b\" \b\t\n\f\r\u0000\u001f\u007f / é 日本 🚀 \ud83d half \ude80";
    LogEvent event =
        LogEvents.event(1)
            .message(odd)
            .service(odd)
            .source(odd)
            .severityText(odd)
            .traceId("\ud83d")
            .attributes(
                Attributes.builder()
                    .put(odd, odd)
                    .put("user.name", odd)
                    .put("url.path", List.of(odd, "", odd.repeat(20)))
                    .put("host.hostname", "")
                    .put("error.type", List.of())
                    .put(EcsFields.ERROR_MESSAGE, odd)
                    .put(EcsFields.STACK_TRACE, List.of(odd, odd))
                    .put(EcsFields.MESSAGE, "hidden")
                    .build())
            .build();

    assertThat(written(event)).isEqualTo(expected(event));
  }

  @Test
  void writesNumbersOfEverySize() {
    Attributes.Builder attributes = Attributes.builder();
    attributes.put(EcsFields.DURATION, 0);
    attributes.put("smallest", Long.MIN_VALUE).put("largest", Long.MAX_VALUE);
    long power = 1;
    for (int digits = 1; digits < 19; digits++) {
      power *= 10;
      attributes.put("at " + digits, power).put("below " + digits, power - 1);
      attributes.put("minus " + digits, -power);
    }
    attributes.put("http.response.status_code", 500.0).put("half", 0.5).put("minus zero", -0.0);
    LogEvent event = LogEvents.event(1).attributes(attributes.build()).build();

    assertThat(written(event)).isEqualTo(expected(event));
  }

  @Test
  void writesTimesOfEverySize() {
    for (long nanos = 1; nanos > 0; nanos *= 10) {
      LogEvent event = LogEvents.event(1).timestampNanos(nanos - 1).observedNanos(nanos).build();

      assertThat(written(event)).isEqualTo(expected(event));
    }
  }

  @Test
  void cutsValuesWhereCoreCutsThem() {
    for (int length = 253; length < 258; length++) {
      // A mark behind the cut belongs to the letter in front of it.
      for (String end : List.of("", "e\u0301", "\u0301", "🚀", "x.y", " z")) {
        String text = "A".repeat(length) + end;
        LogEvent event =
            LogEvents.event(1)
                .message(text)
                .attributes(Attributes.builder().put("user.name", text).build())
                .build();

        assertThat(written(event)).isEqualTo(expected(event));
      }
    }
  }

  @Test
  void forgetsNothingOfAnEventThatHasManyAttributes() {
    Attributes.Builder attributes = Attributes.builder();
    for (int i = 0; i < 5_000; i++) {
      attributes.put("name " + i, i);
    }
    LogEvent event = LogEvents.event(1).attributes(attributes.build()).build();

    assertThat(written(event)).isEqualTo(expected(event));
  }

  private Map<String, Object> written(LogEvent event) {
    json.cut(0);
    document.write(event, json);
    String text = new String(json.array(), 0, json.length(), UTF_8);
    assertThat(text.getBytes(UTF_8)).hasSize(json.length());
    Map<String, Object> parts = new LinkedHashMap<>();
    Answer answer = Answer.read(text.getBytes(UTF_8));
    for (String name : answer.names()) {
      Answer part = answer.at(name);
      List<Answer> elements = part.elements();
      parts.put(
          name,
          name.equals(IndexFields.EVENT)
              ? EventText.read(part.text())
              : elements.isEmpty() && part.value() instanceof List
                  ? List.of()
                  : elements.isEmpty()
                      ? part.value()
                      : elements.stream().map(Answer::text).toList());
    }
    assertThat(text).doesNotContain("\n");
    return parts;
  }

  private static Map<String, Object> expected(LogEvent event) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put(IndexFields.TIME, event.timestampNanos());
    parts.put(IndexFields.MILLIS, event.timestampNanos() / 1_000_000);
    parts.put(IndexFields.PRODUCER, utf8(event.producer()));
    parts.put(IndexFields.SEQ, event.seq());
    parts.put(IndexFields.ID, utf8(event.id()));
    parts.put(IndexFields.DATASET, utf8(event.dataset()));
    parts.put(IndexFields.VALUES, values(event));
    for (String field : IndexFields.GROUPED) {
      List<Object> values = EventFields.values(event, field);
      if (!values.isEmpty()) {
        parts.put(
            IndexFields.column(field),
            values.stream().map(value -> (Object) EventFields.groupKey(value)).toList());
      }
    }
    for (String field : IndexFields.MEASURED) {
      if (event.attributes().get(field) instanceof Long number
          && number >= 0
          && number <= IndexFields.MAX_MEASURED) {
        parts.put(IndexFields.numbers(field), number);
        parts.put(IndexFields.buckets(field), (long) QuantileSketch.bucket(number));
      }
    }
    parts.put(IndexFields.MESSAGE, tokens(List.of(event.message())));
    List<Object> rest = new ArrayList<>();
    rest.addAll(List.of(event.service(), event.severityText(), event.traceId(), event.spanId()));
    event
        .attributes()
        .forEach(
            (name, value) -> {
              if (EventFields.isText(name) && !EventFields.isFixed(name)) {
                parts.put(IndexFields.textField(name), tokens(List.of(value)));
              } else {
                rest.add(value);
              }
            });
    parts.put(IndexFields.REST, tokens(rest));
    parts.put(IndexFields.EVENT, event);
    return parts;
  }

  private static List<String> values(LogEvent event) {
    List<String> terms = new ArrayList<>();
    List<String> names =
        new ArrayList<>(
            List.of(
                EcsFields.MESSAGE,
                EcsFields.LOG_LEVEL,
                EcsFields.SEVERITY,
                EcsFields.SERVICE_NAME,
                EcsFields.TRACE_ID,
                EcsFields.SPAN_ID,
                EcsFields.LOG_SOURCE));
    event
        .attributes()
        .forEach(
            (name, value) -> {
              if (!EventFields.isFixed(name)) {
                names.add(name);
              }
            });
    for (String name : names) {
      List<Object> values = EventFields.values(event, name);
      if (!values.isEmpty()) {
        terms.add(utf8(IndexFields.existence(name)));
      }
      for (Object value : EventFields.isText(name) ? List.of() : values) {
        String folded = Tokenizer.fold(EventFields.text(value));
        char kind = value instanceof Number ? IndexFields.NUMBER_VALUE : IndexFields.TEXT_VALUE;
        terms.add(utf8(IndexFields.term(name, kind, folded)));
        if (value instanceof Long number) {
          String sortable = IndexFields.sortable(number);
          terms.add(utf8(IndexFields.term(name, IndexFields.LONG_VALUE, sortable)));
        } else if (value instanceof Double number) {
          String sortable = IndexFields.sortable(number);
          terms.add(utf8(IndexFields.term(name, IndexFields.DOUBLE_VALUE, sortable)));
        }
      }
    }
    return terms;
  }

  private static List<String> tokens(List<Object> texts) {
    List<String> tokens = new ArrayList<>();
    for (Object text : texts) {
      if (text instanceof List<?> list) {
        tokens.addAll(tokens(List.copyOf(list)));
      } else if (text instanceof String string) {
        String terms = String.join(" ", Tokenizer.terms(string));
        if (!terms.isEmpty()) {
          tokens.add(terms);
        }
      }
    }
    return tokens;
  }

  /** A text as it comes back from UTF-8. */
  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}

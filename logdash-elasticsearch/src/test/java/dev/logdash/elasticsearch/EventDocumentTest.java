package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.QuantileSketch;
import dev.logdash.core.text.SubTexts;
import dev.logdash.core.text.Tokenizer;
import dev.logdash.tck.LogEvents;
import java.util.ArrayList;
import java.util.Arrays;
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
  void escapesAsciiOfEveryLength() {
    for (int length = 0; length < 40; length++) {
      for (String end : List.of("", "\"", "\\", "\n", "\u0000", "\u007f")) {
        LogEvent event = LogEvents.event(1).message("x".repeat(length) + end + "y\"" + end).build();

        assertThat(written(event)).isEqualTo(expected(event));
      }
    }
    LogEvent event = LogEvents.event(1).message("\"a\\b\" c\n".repeat(1_000)).build();

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
    for (int length : List.of(253, 254, 255, 256, 257, 2_046, 2_047, 2_048, 2_049)) {
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
  void showsAnEventUnderTheNamesOfItsFields() {
    LogEvent event =
        LogEvents.event(1)
            .message("GET \"/é\"")
            .severity(Severity.WARN)
            .severityText("warning")
            .service("shop")
            .traceId("t")
            .spanId("s")
            .source("/var/log/shop.log")
            .attributes(
                Attributes.builder()
                    .put("http.response.status_code", 503)
                    .put("@version", "1")
                    .put("half", 0.5)
                    .put("tags", List.of("a", "b"))
                    .put("done", true)
                    .build())
            .build();
    json.cut(0);
    document.write(event, json);

    Answer read = Answer.read(Arrays.copyOf(json.array(), json.length()));
    assertThat(source(read).value())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("t", event.timestampNanos()),
                Map.entry("@timestamp", event.timestampNanos() / 1_000_000),
                Map.entry("p", event.producer()),
                Map.entry("q", event.seq()),
                Map.entry("ds3", event.dataset()),
                Map.entry("o", event.observedNanos()),
                Map.entry("message", "GET \"/é\""),
                Map.entry("log.level", "warning"),
                Map.entry("event.severity", 13L),
                Map.entry("service.name", "shop"),
                Map.entry("trace.id", "t"),
                Map.entry("span.id", "s"),
                Map.entry("log.source", "/var/log/shop.log"),
                Map.entry("http.response.status_code", 503L),
                Map.entry("@version", "1"),
                Map.entry("half", 0.5),
                Map.entry("tags", List.of("a", "b")),
                Map.entry("done", true)));
  }

  @Test
  void keepsAsATextWhatADocumentWouldChange() {
    String half = "half \ud83d";
    for (LogEvent.Builder odd :
        List.of(
            LogEvents.event(1).message(half),
            LogEvents.event(1).service("s".repeat(EventFields.MAX_GROUP_KEY + 1)),
            with("user.name", half),
            with("user.name", List.of("a", half)),
            with("user.name", "u".repeat(EventFields.MAX_GROUP_KEY + 1)),
            with("http.response.status_code", 500.0),
            with("tags", List.of()),
            with(EcsFields.MESSAGE, "hidden"),
            with("@timestamp", "today"),
            with("v", "a name of the store"),
            with("x.y", "below such a name"),
            with("b2_event_duration", "a name that a later version may have"),
            with("n_x.y", "such a name"),
            with("_id", "a name of the server"),
            with("a..b", "no path"),
            with(".a", "no path"),
            with("a.", "no path"),
            with("a b", "a blank"),
            with("é", "a letter"),
            with("n".repeat(256), "long"))) {
      LogEvent event = odd.build();

      assertThat(written(event)).isEqualTo(expected(event));
      assertThat(new String(json.array(), 0, json.length(), UTF_8)).contains(",\"e\":\"[1,");
    }
  }

  private static LogEvent.Builder with(String name, Object value) {
    Attributes.Builder attributes = Attributes.builder();
    if (value instanceof List<?> list) {
      attributes.put(name, list.stream().map(String.class::cast).toList());
    } else if (value instanceof Double number) {
      attributes.put(name, number);
    } else {
      attributes.put(name, (String) value);
    }
    return LogEvents.event(1).attributes(attributes.build());
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

  /** The document without what is there to be read alone, from which the event comes back. */
  private Map<String, Object> written(LogEvent event) {
    json.cut(0);
    document.write(event, json);
    String text = new String(json.array(), 0, json.length(), UTF_8);
    assertThat(text.getBytes(UTF_8)).hasSize(json.length());
    assertThat(text).doesNotContain("\n");
    Answer answer = Answer.read(text.getBytes(UTF_8));
    assertThat(EventSource.read(event.id(), source(answer))).isEqualTo(event);
    Map<String, Object> parts = new LinkedHashMap<>();
    for (String name : answer.names()) {
      Answer part = answer.at(name);
      if (IndexFields.ALL_TEXT.contains(name)) {
        // Any number of blanks parts two tokens.
        parts.put(
            name,
            part.elements().stream().map(one -> one.text().strip().replaceAll(" +", " ")).toList());
      } else if (part.value() instanceof List) {
        parts.put(name, part.elements().stream().map(Answer::text).toList());
      } else if (IndexFields.hasColumn(name)) {
        parts.put(name, List.of(part.text()));
      } else {
        parts.put(name, part.value());
      }
    }
    parts.keySet().removeIf(name -> !IndexFields.hasColumn(name) && !IndexFields.isOwn(name));
    parts.remove(IndexFields.EVENT);
    return parts;
  }

  /** What the server keeps of a document. */
  private static Answer source(Answer document) {
    Map<String, Object> source = new LinkedHashMap<>();
    document.names().stream()
        .filter(name -> !IndexFields.SEARCHED.contains(name))
        .forEach(name -> source.put(name, document.at(name).value()));
    return new Answer(source);
  }

  private static Map<String, Object> expected(LogEvent event) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put(IndexFields.TIME, event.timestampNanos());
    parts.put(IndexFields.MILLIS, event.timestampNanos() / 1_000_000);
    parts.put(IndexFields.PRODUCER, utf8(event.producer()));
    parts.put(IndexFields.SEQ, event.seq());
    parts.put(IndexFields.ID, utf8(event.id()));
    parts.put(IndexFields.DATASET, utf8(event.dataset()));
    parts.put(IndexFields.OBSERVED, event.observedNanos());
    parts.put(IndexFields.VALUES, values(event));
    for (String field : IndexFields.GROUPED) {
      List<Object> values = EventFields.values(event, field);
      if (!values.isEmpty()) {
        parts.put(
            field, values.stream().map(value -> (Object) EventFields.groupKey(value)).toList());
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
    // SubTextsTest holds what this says to the tokens of the two.
    rest.removeIf(
        value -> value instanceof String text && new SubTexts(event.message()).hasTokensOf(text));
    parts.put(IndexFields.REST, tokens(rest));
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
        terms.add(IndexFields.existence(name));
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

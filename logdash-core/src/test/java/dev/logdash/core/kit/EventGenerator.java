package dev.logdash.core.kit;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.Severity;
import dev.logdash.tck.LogEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes events that differ in everything a query can ask for. The same seed makes the same events.
 * Values are drawn from small sets, so that several events share each of them.
 */
public final class EventGenerator {

  private static final String[] WORDS = {
    "connection",
    "refused",
    "Timeout",
    "order",
    "shipped",
    "user_id=42",
    "user_id=43",
    "GET",
    "/api/v1/orders",
    "/api/v1/orders/17",
    "java.io.IOException",
    "at",
    "a.b.Class",
    "camelCase",
    "CamelCase",
    "10.0.0.1:8080",
    "2001:db8::1",
    "550e8400-e29b-41d4-a716-446655440000",
    "é",
    "e\u0301",
    "Straße",
    "STRASSE",
    "ΣΊΣΥΦΟΣ",
    "Σίσυφος",
    "İstanbul",
    "日本語",
    "日本",
    "東京で障害",
    "ไทย",
    "한국어",
    "🚀deploy🚀",
    "𝒜lpha",
    "\ufb01n",
    "ﬀ",
    "and",
    "or",
    "not",
    "AND",
    "TO",
    "[main]",
    "{x}",
    "a*b",
    "what?",
    "C:\\temp\\x",
    "\"quoted\"",
    "50%",
    "x=y",
    "foo-bar",
    "_private",
    "don't",
    "ǅ",
    "\u212b",
    "null",
    "true",
    "500",
    "-1",
    "3.14",
    "<script>",
    "';--",
    "\u202eabc",
    "tab\there",
    "|"
  };
  private static final String[] SERVICES = {
    "checkout", "Checkout", "cart", "auth-service", "日本", ""
  };
  private static final String[] LEVELS = {"ERROR", "error", "WARN", "WARNING", "info", "Debug", ""};
  private static final String[] SOURCES = {"app.log", "/var/log/app.log", "stdout", ""};
  private static final String[] PATHS = {
    "/api/v1/orders", "/API/v1/orders", "/health", "/static/a.b.css", "/q?x=*&y=\\", "/東京/é", ""
  };
  private static final long[] LONGS = {
    0,
    1,
    -1,
    200,
    404,
    500,
    503,
    1_000_000,
    (1L << 53) - 1,
    1L << 53,
    (1L << 53) + 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    0.5,
    -0.5,
    500.0,
    3.14,
    1e-300,
    1e300,
    -1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    9007199254740992.0,
    9.223372036854775807E18,
    0.1 + 0.2
  };

  private static final String[] NAMES = {
    "user.name",
    "user.id",
    "user.group.name",
    "user.target.name",
    "error.code",
    "messages",
    "User.name",
    "us*r.name",
    "us?r.na\\me",
    "user.\u65e5\u672c",
    "user.\ud83d\ude80.name",
    "user\0name",
    "user.\u007f0name",
    "user.\1b",
    "user.\ufffd.name",
    "user." + "x".repeat(250),
    "user." + "x".repeat(251)
  };

  private final Random random;
  // Of its own, so that these fields change no other.
  private final Random naming;
  private long seq;

  public EventGenerator(long seed) {
    random = new Random(seed);
    naming = new Random(~seed);
  }

  public List<LogEvent> events(int count) {
    List<LogEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(next());
    }
    return events;
  }

  public LogEvent next() {
    seq += 1 + random.nextInt(3);
    // Times repeat, and of two producers one compares greater with the smaller sequence.
    Origin origin =
        random.nextInt(8) == 0
            ? new Origin("topic-" + random.nextInt(3), 0, seq)
            : Origin.ofProducer(random.nextBoolean() ? -1 : 7, 1, seq);
    long received = LogEvents.NOON - random.nextInt(3) * LogEvents.DAY + random.nextInt(3);
    return LogEvent.builder(origin.eventId(received))
        .origin(origin)
        .dataset(random.nextInt(16) == 0 ? "audit" : "default")
        .timestampNanos(LogEvents.NOON - random.nextInt(50) * LogEvents.SECOND + random.nextInt(2))
        .observedNanos(received)
        .severity(Severity.of(random.nextInt(25)))
        .severityText(pick(LEVELS))
        .service(pick(SERVICES))
        .source(pick(SOURCES))
        .message(random.nextInt(20) == 0 ? "" : text(8))
        .traceId(
            random.nextInt(3) == 0 ? "4BF92F3577B34DA6A3CE929D0E0E473" + random.nextInt(4) : "")
        .spanId(random.nextInt(3) == 0 ? "00f067aa0ba902b" + random.nextInt(4) : "")
        .attributes(attributes())
        .build();
  }

  private Attributes attributes() {
    Attributes.Builder attributes = Attributes.builder();
    if (random.nextBoolean()) {
      putNumber(attributes, "http.response.status_code");
    }
    if (random.nextBoolean()) {
      putNumber(attributes, "event.duration");
    }
    if (random.nextBoolean()) {
      attributes.put("url.path", pick(PATHS));
    }
    if (random.nextInt(3) == 0) {
      attributes.put("error.message", text(4));
    }
    if (random.nextInt(4) == 0) {
      attributes.put("error.stack_trace", text(20) + "\n\tat a.b.Class.run(Class.java:17)");
    }
    if (random.nextInt(3) == 0) {
      attributes.put("cached", random.nextBoolean());
    }
    if (random.nextInt(3) == 0) {
      attributes.put(
          "tags", List.of(pick(WORDS), text(2), pick(WORDS)).subList(0, random.nextInt(4)));
    }
    if (random.nextInt(4) == 0) {
      putAny(attributes);
    }
    if (random.nextInt(12) == 0) {
      attributes.put("long text", longText());
    }
    if (random.nextInt(12) == 0) {
      attributes.put("message", "hidden " + pick(WORDS));
    }
    for (int i = naming.nextInt(4); i > 0; i--) {
      putNamed(attributes, NAMES[naming.nextInt(NAMES.length)]);
    }
    return attributes.build();
  }

  /** What patterns of names are about. */
  private void putNamed(Attributes.Builder attributes, String name) {
    String word = WORDS[naming.nextInt(WORDS.length)];
    switch (naming.nextInt(5)) {
      case 0:
        attributes.put(name, LONGS[naming.nextInt(LONGS.length)]);
        break;
      case 1:
        attributes.put(name, DOUBLES[naming.nextInt(DOUBLES.length)]);
        break;
      case 2:
        attributes.put(name, List.of(word, "b\0" + word));
        break;
      default:
        attributes.put(name, word);
    }
  }

  private void putNumber(Attributes.Builder attributes, String name) {
    if (random.nextInt(4) == 0) {
      attributes.put(name, DOUBLES[random.nextInt(DOUBLES.length)]);
    } else {
      attributes.put(name, LONGS[random.nextInt(LONGS.length)]);
    }
  }

  /** One field whose type changes from event to event. */
  private void putAny(Attributes.Builder attributes) {
    switch (random.nextInt(5)) {
      case 0:
        attributes.put("status", pick(WORDS));
        break;
      case 1:
        attributes.put("status", random.nextBoolean());
        break;
      case 2:
        attributes.put("status", List.of("500", pick(WORDS)));
        break;
      default:
        putNumber(attributes, "status");
    }
  }

  /** Around 255 units: equal at the beginning, different at the end, with a pair on the edge. */
  private String longText() {
    String start = random.nextBoolean() ? "a" : "A";
    int length = 253 + random.nextInt(5);
    return start.repeat(length) + (random.nextBoolean() ? "🚀" : "x") + random.nextInt(3);
  }

  private String text(int maxWords) {
    StringBuilder text = new StringBuilder();
    int words = 1 + random.nextInt(maxWords);
    for (int i = 0; i < words; i++) {
      String word = pick(WORDS);
      switch (random.nextInt(6)) {
        case 0:
          word = word.toUpperCase(Locale.ROOT);
          break;
        case 1:
          word = word.toLowerCase(Locale.ROOT);
          break;
        default:
      }
      text.append(i == 0 ? "" : random.nextInt(5) == 0 ? "," : " ").append(word);
    }
    return text.toString();
  }

  private String pick(String[] values) {
    return values[random.nextInt(values.length)];
  }
}

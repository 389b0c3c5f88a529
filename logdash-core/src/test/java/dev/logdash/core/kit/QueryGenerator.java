package dev.logdash.core.kit;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.QueryPrinter;
import dev.logdash.core.query.Wildcard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes queries from what given events contain, changed a little, so that a good share of them has
 * hits and not everything hits. The same seed and events make the same queries.
 */
public final class QueryGenerator {

  private static final String[] FIELDS = {
    "service.name",
    "service",
    "log.level",
    "log.source",
    "event.id",
    "trace.id",
    "span.id",
    "http.response.status_code",
    "event.duration",
    "url.path",
    "cached",
    "tags",
    "status",
    "long text",
    "message",
    "error.message",
    "error.stack_trace",
    "severity",
    "level",
    "event.severity",
    "@timestamp",
    "nowhere"
  };
  private static final String[] GROUPS = {
    "service", "log.level", "tags", "status", "http.response.status_code", "url.path", "nowhere"
  };
  private static final Double[] SHARES = {0.0, 0.5, 0.95, 0.999, 1.0};
  private static final String[] PERCENTS = {"0", "25", "50", "95", "99.9", "100"};
  private static final String[] NUMBERS = {"http.response.status_code", "event.duration", "status"};

  private final Random random;
  // Of its own, so that what is measured changes no filter.
  private final Random measuring;
  private final List<LogEvent> events;

  /**
   * @param events what the queries are drawn from; at least one
   */
  public QueryGenerator(long seed, List<LogEvent> events) {
    this.random = new Random(seed);
    this.measuring = new Random(~seed);
    this.events = List.copyOf(events);
  }

  /** A query with every part varied: filter, scope, span of time, order, limit, page. */
  public LogQuery query() {
    LogQuery.Builder query =
        LogQuery.builder()
            .filter(filter())
            .order(random.nextBoolean() ? LogQuery.Order.NEWEST_FIRST : LogQuery.Order.OLDEST_FIRST)
            .limit(random.nextInt(4) == 0 ? LogQuery.MAX_LIMIT : 1 + random.nextInt(20));
    if (random.nextInt(3) == 0) {
      query.scope(leaf());
    }
    if (random.nextInt(4) == 0) {
      long a = event().timestampNanos();
      long b = event().timestampNanos();
      query.between(Math.min(a, b), Math.max(a, b));
    }
    if (random.nextInt(4) == 0) {
      query.after(event().orderKey());
    }
    if (random.nextInt(10) == 0) {
      query.dataset(event().dataset());
    }
    return query.build();
  }

  public Aggregation aggregation() {
    List<Aggregation.Group> groups = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      groups.add(
          random.nextInt(3) == 0
              ? new Aggregation.ByTime(1 + random.nextInt(20_000) * 1_000_000L)
              : new Aggregation.ByField(pick(GROUPS)));
    }
    return new Aggregation(
        query(),
        groups,
        functions(),
        random.nextBoolean() ? Aggregation.MAX_ROWS : 1 + random.nextInt(6));
  }

  private List<Aggregation.Function> functions() {
    String field = pick(NUMBERS);
    List<Aggregation.Function> any =
        List.of(
            new Aggregation.Count(),
            new Aggregation.Sum(field),
            new Aggregation.Min(field),
            new Aggregation.Max(field),
            new Aggregation.Mean(field),
            new Aggregation.Percentile(field, pick(SHARES)),
            new Aggregation.Percentile(pick(FIELDS), random.nextDouble()),
            new Aggregation.Distinct(pick(FIELDS)));
    return measuring.nextBoolean() ? any : measures();
  }

  /** What people ask most about requests, a part of it each time. */
  private List<Aggregation.Function> measures() {
    String duration = "event.duration";
    List<Aggregation.Function> all =
        new ArrayList<>(
            List.of(
                new Aggregation.Count(),
                new Aggregation.Sum(duration),
                new Aggregation.Min(duration),
                new Aggregation.Max(duration),
                new Aggregation.Mean(duration),
                new Aggregation.Percentile(duration, measuring.nextDouble()),
                new Aggregation.Percentile(duration, measuring.nextInt(2)),
                new Aggregation.Distinct(duration),
                new Aggregation.Distinct(GROUPS[measuring.nextInt(GROUPS.length)])));
    Collections.shuffle(all, measuring);
    return all.subList(0, 1 + measuring.nextInt(all.size()));
  }

  /** A query with pipes, as text; what orders its rows is the same in every store. */
  public String piped() {
    StringBuilder text = new StringBuilder(QueryPrinter.print(filter()));
    List<String> columns = new ArrayList<>();
    switch (random.nextInt(6)) {
      case 0:
        String field = pick(GROUPS);
        text.append(" | top ").append(1 + random.nextInt(12)).append(' ').append(quoted(field));
        columns.addAll(List.of(quoted(field), "count"));
        break;
      case 1:
        columns.addAll(List.of("message", "@timestamp", quoted(pick(GROUPS)), "event.id"));
        text.append(" | sort ").append(random.nextBoolean() ? "-" : "").append("status, event.id");
        text.append(" | fields ").append(String.join(",", columns));
        break;
      case 2:
        text.append(" | extract \"").append(pick("%{w} %{x}", "%{WORD:w}\\W+%{NUMBER:x}"));
        text.append("\" | eval y = ").append(pick(NUMBERS)).append(pick(" + ", " / ", " % "));
        text.append(pick("x", "7", "status"));
        text.append(pick("", " | where y > 3", " | where w:* or x:>=0", " | where -service:cart"));
        text.append(
            pick(" | stats count(), max(y) as m, distinct(w) by ", " | uniq ", " | top 4 "));
        columns.addAll(List.of("w"));
        text.append("w");
        break;
      default:
        String number = pick(NUMBERS);
        text.append(" | stats count(), avg(").append(number).append(") as mean, sum(");
        text.append(number).append("), p").append(pick(PERCENTS)).append('(').append(number);
        text.append("), distinct(").append(quoted(pick(FIELDS))).append(") as values");
        columns.addAll(List.of("count", "values"));
        for (int i = random.nextInt(3); i > 0; i--) {
          boolean byTime = random.nextInt(3) == 0;
          String group = byTime ? "bin(" + (1 + random.nextInt(20)) + "s)" : quoted(pick(GROUPS));
          text.append(columns.size() == 2 ? " by " : ", ").append(group).append(" as k").append(i);
          columns.add("k" + i);
        }
    }
    if (columns.contains("count") && random.nextInt(3) == 0) {
      text.append(" | where count >= ").append(1 + random.nextInt(5));
      text.append(" | eval twice = count * 2, rest = 7 % twice");
      columns.add("twice");
    }
    if (random.nextBoolean()) {
      text.append(" | sort -").append(pick(columns.toArray(String[]::new)));
    }
    if (random.nextBoolean()) {
      text.append(" | limit ").append(1 + random.nextInt(9));
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  public Filter filter() {
    return filter(3);
  }

  /** A query text; it can be parsed. */
  public String text() {
    String text = QueryPrinter.print(filter());
    switch (random.nextInt(4)) {
      case 0:
        return text + " and " + QueryPrinter.print(new Filter.Exists(pick(FIELDS)));
      case 1:
        return "-(" + text + ") severity:>=warn";
      case 2:
        return "service:(cart OR \"checkout\") or (" + text + ')';
      default:
        return text;
    }
  }

  /**
   * A query as it is written for Kibana, Lucene or Tantivy, and the same in the forms that are
   * printed.
   */
  public record Foreign(String text, String meaning) {}

  /** A query of several clauses in the manner of other languages. */
  public Foreign foreign() {
    StringBuilder text = new StringBuilder();
    StringBuilder meaning = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      boolean or = random.nextBoolean();
      if (!text.isEmpty()) {
        text.append(or ? pick(" || ", "||", " OR ") : pick(" && ", " AND ", " "));
        meaning.append(or ? " OR " : " AND ");
      }
      String negation = pick("", "", "!", "NOT ", "-");
      Foreign clause = foreignClause();
      boolean required = negation.isEmpty() && clause.text().startsWith("user_");
      text.append(required ? pick("", "+") : negation).append(clause.text());
      text.append(pick("", "", "^2", "^0.5"));
      meaning.append(negation.isEmpty() ? "" : "NOT ").append(clause.meaning());
    }
    return new Foreign(text.toString(), meaning.toString());
  }

  private Foreign foreignClause() {
    String field = pick("user_id", "http.response.status_code", "service", "status");
    String value = pick(value(field), "a b", "500", "OR", "x*y").replaceAll("[\\\\\"]", "");
    String quoted = '"' + value + '"';
    String colon = pick(":", ": ", " : ", " :", ":\n  ");
    switch (random.nextInt(5)) {
      case 0:
        return new Foreign(field + colon + quoted, field + ':' + quoted);
      case 1:
        String sign = pick("<", "<=", ">", ">=");
        int number = random.nextInt(600);
        return new Foreign(
            field + pick("", " ") + sign + pick("", " ") + number, field + ':' + sign + number);
      case 2:
        String other = pick("z", "cart", "7");
        return new Foreign(
            field + colon + "IN [" + quoted + ' ' + other + pick("", " ") + ']',
            field + ":(" + quoted + " OR \"" + other + "\")");
      case 3:
        return new Foreign("(\"x z\"z || b)", "(\"x z\" z OR b)");
      default:
        return new Foreign(field + colon + "*a?", field + ":*a?");
    }
  }

  @SafeVarargs
  private <T> T pick(T first, T... others) {
    int i = random.nextInt(others.length + 1);
    return i == 0 ? first : others[i - 1];
  }

  private Filter filter(int depth) {
    switch (depth == 0 ? 9 : random.nextInt(8)) {
      case 0:
        return new Filter.Not(filter(depth - 1));
      case 1:
        return new Filter.And(filters(depth - 1));
      case 2:
      case 3:
        return new Filter.Or(filters(depth - 1));
      default:
        return leaf();
    }
  }

  private List<Filter> filters(int depth) {
    List<Filter> filters = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      filters.add(filter(depth));
    }
    return filters;
  }

  private Filter leaf() {
    String field = pick(FIELDS);
    switch (random.nextInt(16)) {
      case 10:
      case 11:
        return anyField();
      case 12:
        String texts = pick(Filter.ANY_TEXT, "message", "error.message");
        return new Filter.Range(texts, wordBound(), wordBound());
      case 13:
        return near(pick(Filter.ANY_TEXT, "message", "error.message", "error.stack_trace", "tags"));
      case 14:
        String words = pick(Filter.ANY_TEXT, field);
        String word = words.isEmpty() || EventFields.isText(words) ? word(anyText()) : value(words);
        return new Filter.Alike(words, edited(word), random.nextInt(3));
      case 0:
      case 1:
      case 2:
        return new Filter.Phrase(Filter.ANY_TEXT, changed(part(anyText())));
      case 3:
        return new Filter.TokenPattern(Filter.ANY_TEXT, pattern(word(anyText())));
      case 4:
        return new Filter.Equal(field, changed(value(field)));
      case 5:
        return new Filter.ValuePattern(field, pattern(value(field)));
      case 6:
        return EventFields.isText(field)
            ? new Filter.TokenPattern(field, pattern(word(value(field))))
            : new Filter.Range(field, bound(field), bound(field));
      case 7:
        return new Filter.Phrase(field, changed(part(value(field))));
      case 8:
        return random.nextInt(8) == 0 ? Filter.ALL : new Filter.Exists(field);
      default:
        String number = pick(NUMBERS);
        return new Filter.Range(number, bound(number), bound(number));
    }
  }

  /** A clause of the fields with names that begin, end or look like one that is there. */
  private Filter anyField() {
    Attributes attributes = event().attributes();
    String name =
        attributes.size() == 0 || random.nextInt(6) == 0
            ? pick(FIELDS)
            : attributes.name(random.nextInt(attributes.size()));
    String names = random.nextInt(12) == 0 ? "*" : pattern(name);
    switch (random.nextInt(6)) {
      case 0:
        return new Filter.AnyField(names, new Filter.Exists(Filter.EACH_FIELD));
      case 1:
        return new Filter.AnyField(
            names, new Filter.ValuePattern(Filter.EACH_FIELD, pattern(value(name))));
      case 2:
        return new Filter.AnyField(
            names, new Filter.Range(Filter.EACH_FIELD, bound(name), bound(name)));
      case 3:
        Filter.Bound lower = new Filter.Bound(pick("-1e300", "-3", "0", "500", "1.5"), true);
        Filter.Bound upper = new Filter.Bound(pick("500", "0.5", "1e18", "9e300"), true);
        return new Filter.AnyField(names, new Filter.Range(Filter.EACH_FIELD, lower, upper));
      default:
        return new Filter.AnyField(
            names, new Filter.Equal(Filter.EACH_FIELD, changed(value(name))));
    }
  }

  /** A few words of one text that stand close, in any order. */
  private Filter near(String field) {
    String text = random.nextBoolean() ? anyText() : event().message();
    List<String> words = new ArrayList<>(List.of(text.split("[^\\p{L}\\p{N}\\p{M}_]+")));
    words.add("a");
    int first = random.nextInt(words.size());
    words = words.subList(first, Math.min(words.size(), first + 5));
    Collections.shuffle(words, random);
    int count = Math.min(words.size(), 1 + random.nextInt(3));
    return new Filter.Near(field, String.join(" ", words.subList(0, count)), random.nextInt(6));
  }

  /** A text with up to a few characters changed. */
  private String edited(String text) {
    List<Integer> codePoints = new ArrayList<>(text.codePoints().limit(30).boxed().toList());
    for (int i = random.nextInt(4); i > 0 && codePoints.size() > 1; i--) {
      int at = random.nextInt(codePoints.size() - 1);
      switch (random.nextInt(4)) {
        case 0:
          codePoints.remove(at);
          break;
        case 1:
          codePoints.add(at, (int) 'e');
          break;
        case 2:
          codePoints.set(at, (int) 'o');
          break;
        default:
          Collections.swap(codePoints, at, at + 1);
      }
    }
    StringBuilder edited = new StringBuilder();
    codePoints.forEach(edited::appendCodePoint);
    return edited.toString();
  }

  private Filter.Bound wordBound() {
    return random.nextInt(4) == 0
        ? Filter.Bound.NONE
        : new Filter.Bound(changed(word(anyText())), random.nextBoolean());
  }

  private Filter.Bound bound(String field) {
    return random.nextInt(4) == 0
        ? Filter.Bound.NONE
        : new Filter.Bound(changed(value(field)), random.nextBoolean());
  }

  /** The text of a value of the field in one of the events, or of any other field. */
  private String value(String field) {
    for (int attempt = 0; attempt < 20; attempt++) {
      List<Object> values = EventFields.values(event(), EventFields.canonicalName(field));
      if (!values.isEmpty()) {
        Object value = values.get(random.nextInt(values.size()));
        return random.nextInt(4) == 0 ? value.toString() : EventFields.text(value);
      }
    }
    return anyText();
  }

  private String anyText() {
    for (int attempt = 0; attempt < 20; attempt++) {
      List<String> texts = EventFields.texts(event());
      if (!texts.isEmpty()) {
        return texts.get(random.nextInt(texts.size()));
      }
    }
    return "nothing";
  }

  private String word(String text) {
    String[] words = text.split("[^\\p{L}\\p{N}\\p{M}_]+");
    return words.length == 0 ? text : words[random.nextInt(words.length)];
  }

  /** Up to a few words of a text, mostly cut where words end. */
  private String part(String text) {
    String[] words = text.split("(?<=[ ,=/.:])", -1);
    int first = random.nextInt(words.length);
    int end = Math.min(words.length, first + 1 + random.nextInt(4));
    String part = String.join("", List.of(words).subList(first, end));
    int length = part.codePointCount(0, part.length());
    return random.nextInt(6) == 0 && length > 1
        ? part.substring(0, part.offsetByCodePoints(0, length - 1))
        : part;
  }

  private String changed(String text) {
    switch (random.nextInt(10)) {
      case 0:
        return text.toUpperCase(Locale.ROOT);
      case 1:
        return text.toLowerCase(Locale.ROOT);
      case 2:
        return text.matches("-?\\d{1,18}") ? text + ".0" : text;
      case 3:
        return text.matches("-?\\d{1,17}") ? Long.toString(Long.parseLong(text) + 1) : text + "x";
      case 4:
        return text.matches("-?\\d{1,18}") ? text + "e0" : text;
      default:
        return text;
    }
  }

  private String pattern(String text) {
    int[] codePoints = changed(text).codePoints().limit(200).toArray();
    StringBuilder pattern = new StringBuilder();
    int star = codePoints.length == 0 ? 0 : random.nextInt(codePoints.length);
    for (int i = 0; i < codePoints.length; i++) {
      if (i == star) {
        pattern.append('*');
        i += random.nextInt(codePoints.length - i);
      }
      if (i != star && random.nextInt(8) == 0) {
        pattern.append('?');
      } else {
        pattern.append(Wildcard.escape(Character.toString(codePoints[i])));
      }
    }
    return pattern.append(random.nextInt(3) == 0 ? "*" : "").toString();
  }

  private LogEvent event() {
    return events.get(random.nextInt(events.size()));
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}

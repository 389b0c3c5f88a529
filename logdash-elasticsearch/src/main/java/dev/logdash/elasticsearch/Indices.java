package dev.logdash.elasticsearch;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.Retention;
import dev.logdash.core.store.DayIndex;
import dev.logdash.core.text.Tokenizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The indices of a store and the template that makes them. An index is ours if its name is that of
 * a day and its mapping says so; no other is ever changed.
 */
final class Indices {

  /** Changes whenever an older store could not use a new index, or the reverse. */
  private static final long LAYOUT = 3;

  /** Changes with the columns. What has other ones works, only slower. */
  private static final long COLUMNS = 1;

  private static final String START = "logdash-";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT);
  private static final int DAY_LENGTH = 10;
  private static final long TEMPLATE_PRIORITY = 450;
  private static final int NOT_FOUND = 404;
  private static final Map<String, String> LENIENT =
      Map.of("ignore_unavailable", "true", "allow_no_indices", "true");

  private final Transport transport;
  private final Settings settings;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private volatile boolean templateIsThere;

  Indices(Transport transport, Settings settings) {
    this.transport = transport;
    this.settings = settings;
  }

  String name(DayIndex day) {
    return settings.prefix() + day.name();
  }

  /** All indices of a dataset, and maybe others whose documents have another dataset. */
  String pattern(String dataset) {
    return settings.prefix() + START + dataset + "-*";
  }

  /**
   * Makes sure that the indices of these days have the mapping of this version, or will have it.
   */
  Mono<Void> prepare(Collection<DayIndex> days) {
    return Mono.defer(() -> templateIsThere ? Mono.<Void>empty() : installTemplate())
        .thenMany(Flux.fromIterable(days).map(this::name).filter(name -> !known.contains(name)))
        .concatMap(this::examine)
        .then();
  }

  private Mono<Void> installTemplate() {
    String path = "/_index_template/" + settings.prefix() + "logdash";
    return transport
        .json("GET", path, Map.of(), null)
        .onErrorResume(Indices::isNotFound, absent -> Mono.just(Answer.NONE))
        .flatMap(
            answer -> {
              List<Answer> templates = answer.at("index_templates").elements();
              Answer meta =
                  templates.isEmpty()
                      ? Answer.NONE
                      : templates.get(0).at("index_template", "_meta", "logdash");
              requireNotNewer("the index template", meta);
              return meta.at("version").text().equals(version())
                  ? Mono.just(answer)
                  : transport.json("PUT", path, Map.of(), template());
            })
        .doOnNext(answer -> templateIsThere = true)
        .then();
  }

  private Mono<String> examine(String name) {
    return transport
        .json("GET", "/" + name + "/_mapping", Map.of("filter_path", "*.mappings._meta"), null)
        .flatMap(
            answer -> {
              Answer meta = answer.at(name, "mappings", "_meta", "logdash");
              requireNotNewer("the index " + name, meta);
              String reason =
                  !meta.isThere()
                      ? " was not made by logdash"
                      : meta.at("layout").number() != LAYOUT
                          ? " was made by an earlier version of logdash, and cannot be written to"
                          : meta.at("tokenizer").number() != Tokenizer.VERSION
                              ? " was written with another tokenizer"
                              : "";
              if (!reason.isEmpty()) {
                throw new BackendException.Misconfigured(
                    "the index " + name + reason + "; remove it, or use another prefix", null);
              }
              boolean current = meta.at("version").text().startsWith(layout() + '-');
              return current ? Mono.just(answer) : addColumns(name);
            })
        .onErrorResume(Indices::isNotFound, absent -> create(name))
        .doOnNext(answer -> known.add(name))
        .thenReturn(name);
  }

  /** Makes an index of this version, whatever template is there, unless another process does. */
  private Mono<Answer> create(String name) {
    return transport
        .json("PUT", "/" + name, Map.of(), index())
        .onErrorResume(Indices::isThereAlready, known -> examine(name).thenReturn(Answer.NONE));
  }

  /** Lets an index of an earlier version have the columns of this one, for events from now on. */
  private Mono<Answer> addColumns(String name) {
    Map<String, Object> meta = meta();
    Map<String, Object> mappings = new LinkedHashMap<>(IndexFields.mappings(meta));
    // What a mapping keeps for ever cannot be sent again.
    mappings.remove("_source");
    mappings.remove("dynamic");
    return transport.json("PUT", "/" + name + "/_mapping", Map.of(), mappings);
  }

  private static void requireNotNewer(String what, Answer meta) {
    if (meta.at("layout").number() > LAYOUT || meta.at("tokenizer").number() > Tokenizer.VERSION) {
      throw new BackendException.Misconfigured(
          what + " was made by a newer version of logdash; use that one, or another prefix", null);
    }
  }

  private static boolean isThereAlready(Throwable failure) {
    return failure instanceof HttpFailure http
        && http.type().equals("resource_already_exists_exception");
  }

  private static boolean isNotFound(Throwable failure) {
    return failure instanceof HttpFailure http && http.status() == NOT_FOUND;
  }

  private static String layout() {
    return LAYOUT + "." + COLUMNS;
  }

  private String version() {
    return layout()
        + "-"
        + Tokenizer.VERSION
        + "-"
        + settings.shards()
        + "-"
        + settings.replicas()
        + "-"
        + settings.refresh().toMillis();
  }

  private Map<String, Object> meta() {
    return Map.of(
        "logdash",
        Map.of("layout", LAYOUT, "tokenizer", (long) Tokenizer.VERSION, "version", version()));
  }

  private Map<String, Object> template() {
    return Map.of(
        "index_patterns",
        List.of(settings.prefix() + START + "*"),
        "priority",
        TEMPLATE_PRIORITY,
        "_meta",
        meta(),
        "template",
        index());
  }

  private Map<String, Object> index() {
    Map<String, Object> index =
        Map.of(
            "number_of_shards",
            (long) settings.shards(),
            "number_of_replicas",
            (long) settings.replicas(),
            "refresh_interval",
            settings.refresh().toMillis() + "ms",
            "translog",
            Map.of("durability", "request"),
            "query",
            Map.of("default_field", IndexFields.ALL_TEXT));
    return Map.of("settings", Map.of("index", index), "mappings", IndexFields.mappings(meta()));
  }

  /** Drops the days that a policy does not allow; answers with their names, the oldest first. */
  Mono<List<String>> retain(Retention policy, Instant now) {
    Mono<Double> free =
        policy.minFreeFraction() == 0
            ? Mono.just(1.0)
            : transport
                .json(
                    "GET",
                    "/_cat/allocation",
                    Map.of("format", "json", "bytes", "b", "h", "disk.avail,disk.total"),
                    null)
                .map(Indices::leastFree);
    return Mono.zip(ours(), free)
        .flatMap(
            found ->
                Flux.fromIterable(beyond(found.getT1(), policy, found.getT2(), now))
                    .concatMap(
                        stored ->
                            transport
                                .json("DELETE", "/" + name(stored.day()), LENIENT, null)
                                .thenReturn(stored.day().name()))
                    .collectList())
        .doOnNext(dropped -> known.clear());
  }

  private static double leastFree(Answer nodes) {
    return nodes.elements().stream()
        .filter(node -> node.at("disk.total").number() > 0)
        .mapToDouble(
            node -> (double) node.at("disk.avail").number() / node.at("disk.total").number())
        .min()
        .orElse(1.0);
  }

  /**
   * A day on disk.
   *
   * @param bytes with its copies
   */
  record Stored(DayIndex day, long bytes) {}

  private static List<Stored> beyond(List<Stored> all, Retention policy, double free, Instant now) {
    long today = Math.floorDiv(now.getEpochSecond(), Duration.ofDays(1).toSeconds());
    Instant oldestEnd = now.minus(policy.maxAge());
    long bytes = all.stream().mapToLong(Stored::bytes).sum();
    // Freed space shows late; so a full disk costs one day at a time.
    boolean full = free < policy.minFreeFraction();
    List<Stored> dropped = new ArrayList<>();
    for (Stored stored : all) {
      Instant end = Instant.EPOCH.plus(Duration.ofDays(stored.day().epochDay() + 1));
      boolean allowed = !end.isBefore(oldestEnd) && bytes <= policy.maxBytes() && !full;
      if (stored.day().epochDay() < today && !allowed) {
        bytes -= stored.bytes();
        full = false;
        dropped.add(stored);
      }
    }
    return dropped;
  }

  private Mono<List<Stored>> ours() {
    String all = settings.prefix() + START + "*";
    Mono<Answer> sizes =
        transport.json(
            "GET",
            "/_cat/indices/" + all,
            Map.of("format", "json", "bytes", "b", "h", "index,store.size"),
            null);
    Mono<Answer> mappings =
        transport.json(
            "GET", "/" + all + "/_mapping", Map.of("filter_path", "*.mappings._meta"), null);
    return Mono.zip(sizes, mappings)
        .map(
            found -> {
              List<Stored> stored = new ArrayList<>();
              for (Answer index : found.getT1().elements()) {
                String name = index.at("index").text();
                DayIndex day = day(name);
                Answer meta = found.getT2().at(name, "mappings", "_meta", "logdash");
                if (day != null && meta.isThere()) {
                  stored.add(new Stored(day, index.at("store.size").number()));
                }
              }
              stored.sort(Comparator.comparing(Stored::day));
              return stored;
            });
  }

  /** The day that an index is named after; null if it is none. */
  private @Nullable DayIndex day(String index) {
    String start = settings.prefix() + START;
    int datasetEnd = index.length() - DAY_LENGTH - 1;
    if (!index.startsWith(start) || datasetEnd <= start.length()) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(index.substring(datasetEnd + 1), DAY);
      DayIndex day = new DayIndex(index.substring(start.length(), datasetEnd), date.toEpochDay());
      return name(day).equals(index) ? day : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}

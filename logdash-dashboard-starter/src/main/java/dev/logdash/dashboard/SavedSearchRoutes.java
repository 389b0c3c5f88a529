package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** The searches that people keep, each their own. */
final class SavedSearchRoutes {

  private static final String PREFIX = "saved-searches/";
  private static final int MAX_BODY = 32 * 1024;
  private static final int MAX_SEARCHES = 200;
  private static final int MAX_NAME = 100;
  private static final int MAX_VALUE = 4_096;
  private static final int MAX_TRIES = 10;
  // What the address of the explore page has; whatever else it may get is not for keeping.
  private static final Set<String> PARAMETERS =
      Set.of("q", "from", "to", "cols", "sort", "wrap", "dataset");

  private final DocumentStore store;
  private final Clock clock;

  SavedSearchRoutes(DocumentStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "api/v1/saved-searches", Permission.SAVED_SEARCHES, List.of(), this::savedSearches),
        Route.change("POST", "api/v1/saved-searches", Permission.SAVED_SEARCHES, this::save),
        Route.change(
            "DELETE", "api/v1/saved-searches/{id}", Permission.SAVED_SEARCHES, this::remove));
  }

  private record SavedSearch(String id, String name, Map<String, String> params, String created) {

    void write(JsonGenerator json) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      Json.text(json, "name", name);
      json.writeObjectPropertyStart("params");
      new TreeMap<>(params).forEach((parameter, value) -> Json.text(json, parameter, value));
      json.writeEndObject();
      json.writeStringProperty("created", created);
      json.writeEndObject();
    }
  }

  private record SavedSearches(List<SavedSearch> searches) {

    void write(JsonGenerator json) {
      json.writeArrayPropertyStart("searches");
      searches.forEach(search -> search.write(json));
      json.writeEndArray();
    }
  }

  private record NewSearch(@Nullable String name, @Nullable Map<String, String> params) {}

  /** Forgets what somebody kept, so that whoever gets their name later does not find it. */
  Mono<Void> forget(String user) {
    return store
        .get(key(user))
        .flatMap(document -> store.delete(document.key(), document.version()))
        .then();
  }

  private Mono<Reply> savedSearches(Exchange exchange) {
    return store
        .get(key(exchange.principal().name()))
        .map(SavedSearchRoutes::read)
        .defaultIfEmpty(new SavedSearches(List.of()))
        .map(all -> Reply.object(all::write));
  }

  /** Keeps a search, in place of the one of that name if there is one. */
  private Mono<Reply> save(Exchange exchange) {
    return Mono.fromCallable(() -> search(Json.read(exchange.body(MAX_BODY), NewSearch.class)))
        .flatMap(
            search ->
                change(
                    exchange.principal().name(),
                    before -> {
                      List<SavedSearch> after = new ArrayList<>(before);
                      after.removeIf(other -> other.name().equals(search.name()));
                      if (after.size() >= MAX_SEARCHES) {
                        throw Problem.badRequest(
                            "full", "there are " + MAX_SEARCHES + " already; remove one first");
                      }
                      after.add(search);
                      return after;
                    }))
        .map(all -> Reply.object(all::write));
  }

  private Mono<Reply> remove(Exchange exchange) {
    String id = exchange.variable("id");
    return change(
            exchange.principal().name(),
            before -> {
              List<SavedSearch> after = new ArrayList<>(before);
              if (!after.removeIf(search -> search.id().equals(id))) {
                throw Problem.notFound("there is no such search");
              }
              return after;
            })
        .map(all -> Reply.object(all::write));
  }

  private Mono<SavedSearches> change(String user, UnaryOperator<List<SavedSearch>> change) {
    String key = key(user);
    return store
        .get(key)
        .defaultIfEmpty(new Document(key, DocumentStore.ABSENT, ""))
        .flatMap(
            before -> {
              List<SavedSearch> old =
                  before.version() == DocumentStore.ABSENT ? List.of() : read(before).searches();
              SavedSearches all = new SavedSearches(change.apply(old));
              String body = new String(Json.object(all::write), StandardCharsets.UTF_8);
              return store.put(key, before.version(), body).map(version -> all);
            })
        .repeatWhenEmpty(MAX_TRIES, tries -> tries);
  }

  private SavedSearch search(NewSearch body) {
    String name = body.name() == null ? "" : body.name().strip();
    Map<String, String> params = body.params() == null ? Map.of() : body.params();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw Problem.badRequest("body", "name has 1 to " + MAX_NAME + " characters");
    }
    params.forEach(
        (parameter, value) -> {
          if (!PARAMETERS.contains(parameter) || value == null || value.length() > MAX_VALUE) {
            throw Problem.badRequest(
                "body",
                "params are of "
                    + String.join(", ", new TreeSet<>(PARAMETERS))
                    + ", each a text of up to "
                    + MAX_VALUE
                    + " characters");
          }
        });
    return new SavedSearch(UUID.randomUUID().toString(), name, params, clock.instant().toString());
  }

  private static SavedSearches read(Document document) {
    return Json.read(document.body().getBytes(StandardCharsets.UTF_8), SavedSearches.class);
  }

  private static String key(String user) {
    return PREFIX + URLEncoder.encode(user, StandardCharsets.UTF_8);
  }
}

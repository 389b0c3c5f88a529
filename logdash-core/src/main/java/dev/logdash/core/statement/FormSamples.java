package dev.logdash.core.statement;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.template.FormIds;
import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds an event of each of many forms with few searches. A search asks for the newest events of
 * some forms that are about as frequent as each other; those that it shows are not asked for again.
 * Forms so rare that all events of some of them fit in a page are found with certainty.
 */
final class FormSamples {

  // An event may have more than a MiB, and those of a page are in memory together.
  private static final int PAGE = 100;
  private static final int MOST_RARE = 100;
  private static final int MOST_FREQUENT = 12;
  // How many events for one form are likely to show it among others.
  private static final int PER_FORM = 8;
  // Each shows at least one more form, mostly all that it asks for.
  private static final int MOST_SEARCHES = 500;

  private final LogQuery query;
  private final LogSearch search;
  private final List<String> missing;
  private final Map<String, Long> counts = new HashMap<>();
  // As events have them, by what filters tell apart.
  private final Map<String, String> byFolded = new HashMap<>();
  private final Map<String, FormSample> found = new HashMap<>();
  private int searches;

  /**
   * @param query which events, with their scope
   * @param forms how many of them each form has
   */
  FormSamples(LogQuery query, StatementCounts forms, LogSearch search) {
    this.query = query;
    this.search = search;
    for (StatementCounts.Group group : forms.groups()) {
      String form = group.key().get(0);
      counts.put(form, group.tally().count());
      byFolded.put(Tokenizer.fold(form), form);
    }
    this.missing = new ArrayList<>(counts.keySet());
    sortMissing();
  }

  /** Puts the rare ones to the end, from where they are taken. */
  private void sortMissing() {
    missing.sort(
        Comparator.comparingLong((String form) -> -counts.getOrDefault(form, 0L))
            .thenComparing(Comparator.naturalOrder()));
  }

  /** The newest event of each form, but for forms that are gone meanwhile. For one subscriber. */
  Mono<Map<String, FormSample>> find() {
    return Mono.defer(this::next);
  }

  private Mono<Map<String, FormSample>> next() {
    if (missing.isEmpty() || searches++ == MOST_SEARCHES) {
      return Mono.just(found);
    }
    Batch batch = batch();
    List<Filter> filters = List.of(query.filter(), StatementFilters.anyOf(batch.forms));
    LogQuery newest =
        query.toBuilder()
            .filter(new Filter.And(filters))
            .order(LogQuery.Order.NEWEST_FIRST)
            .after(null)
            .limit(batch.limit)
            .build();
    return search
        .search(newest)
        .flatMap(
            page -> {
              take(batch, page);
              return next();
            });
  }

  private record Batch(List<String> forms, int limit) {}

  /** Takes the next forms to ask for away from the missing ones. */
  private Batch batch() {
    List<String> forms = new ArrayList<>();
    long events = 0;
    while (!missing.isEmpty() && forms.size() < MOST_RARE) {
      long count = count(missing.size() - 1);
      if (events + count > PAGE) {
        break;
      }
      events += count;
      forms.add(missing.remove(missing.size() - 1));
    }
    if (!forms.isEmpty()) {
      // One more, should an event have come meanwhile.
      return new Batch(forms, (int) events + 1);
    }
    while (!missing.isEmpty() && forms.size() < MOST_FREQUENT) {
      forms.add(missing.remove(missing.size() - 1));
    }
    return new Batch(forms, Math.min(PAGE, forms.size() == 1 ? 1 : PER_FORM * forms.size()));
  }

  private long count(int place) {
    return counts.getOrDefault(missing.get(place), 0L);
  }

  private void take(Batch batch, Page page) {
    Map<String, LogEvent> shown = new LinkedHashMap<>();
    for (LogEvent event : page.events()) {
      for (String form : forms(event)) {
        shown.putIfAbsent(form, event);
      }
    }
    for (int i = batch.forms.size() - 1; i >= 0; i--) {
      String form = batch.forms.get(i);
      @Nullable LogEvent event = shown.get(form);
      if (event != null) {
        found.put(form, FormSample.of(event));
      } else if (page.more()) {
        // In front of the more frequent ones again, which are not asked for any more.
        missing.add(form);
      }
    }
    sortMissing();
  }

  private List<String> forms(LogEvent event) {
    return EventFields.values(event, FormIds.FIELD).stream()
        .map(value -> byFolded.get(Tokenizer.fold(EventFields.groupKey(value))))
        .filter(Objects::nonNull)
        .toList();
  }
}

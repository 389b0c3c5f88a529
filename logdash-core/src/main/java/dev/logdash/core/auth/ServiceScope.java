package dev.logdash.core.auth;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.FilterMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides a scope for events of which only the service is known. What depends on anything else
 * stays open, and what is open must not be shown.
 */
final class ServiceScope {

  enum Verdict {
    /** All events of the service are within the scope. */
    ALL,
    /** No event of the service is. */
    NONE,
    /** The service alone does not tell. */
    OPEN;

    private Verdict negated() {
      return this == OPEN ? OPEN : this == ALL ? NONE : ALL;
    }
  }

  private final Filter scope;
  private final Map<String, Verdict> verdicts = new HashMap<>();

  ServiceScope(Filter scope) {
    this.scope = CanonicalFilter.of(scope);
  }

  Verdict of(String service) {
    return verdicts.computeIfAbsent(
        service, name -> decide(scope, LogEvent.builder("probe").service(name).build()));
  }

  private static Verdict decide(Filter filter, LogEvent probe) {
    if (filter instanceof Filter.All) {
      return Verdict.ALL;
    }
    if (filter instanceof Filter.Not not) {
      return decide(not.filter(), probe).negated();
    }
    if (filter instanceof Filter.And and) {
      return fold(and.filters(), probe, Verdict.NONE, Verdict.ALL);
    }
    if (filter instanceof Filter.Or or) {
      return fold(or.filters(), probe, Verdict.ALL, Verdict.NONE);
    }
    if (filter instanceof Filter.AnyField || !field(filter).equals(EcsFields.SERVICE_NAME)) {
      return Verdict.OPEN;
    }
    return FilterMatcher.of(filter).test(probe) ? Verdict.ALL : Verdict.NONE;
  }

  /**
   * @param strong the verdict of a part that decides the whole
   * @param weak the verdict of the whole if every part has it
   */
  private static Verdict fold(List<Filter> filters, LogEvent probe, Verdict strong, Verdict weak) {
    Verdict whole = weak;
    for (Filter filter : filters) {
      Verdict part = decide(filter, probe);
      if (part == strong) {
        return strong;
      }
      if (part == Verdict.OPEN) {
        whole = Verdict.OPEN;
      }
    }
    return whole;
  }

  private static String field(Filter filter) {
    if (filter instanceof Filter.Phrase phrase) {
      return phrase.field();
    }
    if (filter instanceof Filter.TokenPattern pattern) {
      return pattern.field();
    }
    if (filter instanceof Filter.Equal equal) {
      return equal.field();
    }
    if (filter instanceof Filter.ValuePattern pattern) {
      return pattern.field();
    }
    if (filter instanceof Filter.Range range) {
      return range.field();
    }
    if (filter instanceof Filter.Exists exists) {
      return exists.field();
    }
    if (filter instanceof Filter.Near near) {
      return near.field();
    }
    if (filter instanceof Filter.Alike alike) {
      return alike.field();
    }
    throw new AssertionError(filter);
  }
}

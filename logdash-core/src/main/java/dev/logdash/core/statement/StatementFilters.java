package dev.logdash.core.statement;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.QueryPrinter;
import dev.logdash.core.template.FormIds;
import java.util.List;
import java.util.stream.Collectors;

/** What selects the events of statements, as filters and as queries for people. */
final class StatementFilters {

  /**
   * The most forms that a query names: with 12 characters each and a space it stays below the 4,096
   * characters and 256 clauses that a query may have, and leaves room for another query beside it.
   */
  static final int MAX_FORMS = 225;

  static final Filter HAS_FORM = new Filter.Exists(FormIds.FIELD);
  static final Filter NO_FORM = new Filter.Not(HAS_FORM);
  private static final Filter NO_REQUEST =
      new Filter.Not(
          new Filter.Or(
              List.of(
                  new Filter.Exists(EcsFields.HTTP_METHOD),
                  new Filter.Exists(EcsFields.HTTP_ROUTE))));
  // Longer ones come from senders that write into the field themselves.
  private static final int LONGEST = 3_000;

  private StatementFilters() {}

  /** Events of one of some forms. */
  static Filter anyOf(List<String> forms) {
    return new Filter.Or(
        forms.stream().map(form -> (Filter) new Filter.Equal(FormIds.FIELD, form)).toList());
  }

  /** The query for events of one of some forms; empty if they are too many. */
  static String query(List<String> forms) {
    if (forms.size() > MAX_FORMS) {
      return "";
    }
    String field = FormIds.FIELD + ':';
    List<String> values =
        forms.stream()
            .map(form -> QueryPrinter.print(new Filter.Equal(FormIds.FIELD, form)))
            .map(clause -> clause.substring(field.length()))
            .toList();
    String query =
        values.size() == 1
            ? field + values.get(0)
            : values.stream().collect(Collectors.joining(" ", field + " IN [", "]"));
    return query.length() > LONGEST ? "" : query;
  }

  /** The query for requests of a method and a route. */
  static String request(String method, String route) {
    return group(
        List.of(NO_FORM, value(EcsFields.HTTP_METHOD, method), value(EcsFields.HTTP_ROUTE, route)));
  }

  /** The query for events that have no form and are no requests. */
  static String without() {
    return group(List.of(NO_FORM, NO_REQUEST));
  }

  private static Filter value(String field, String value) {
    return value.isEmpty()
        ? new Filter.Not(new Filter.Exists(field))
        : new Filter.Equal(field, value);
  }

  private static String group(List<Filter> filters) {
    String query = '(' + QueryPrinter.print(new Filter.And(filters)) + ')';
    return query.length() > LONGEST ? "" : query;
  }
}

package dev.logdash.core.query;

import dev.logdash.core.query.PipeLexer.Token;
import dev.logdash.core.query.PipedQuery.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The columns of a table while its pipes are read. The table of events has whatever column is asked
 * for, until a pipe says which ones it keeps; any other has those that made it.
 */
final class TableColumns {

  private final List<Field> columns = new ArrayList<>();
  private List<Integer> shown = new ArrayList<>();
  private boolean ofEvents = true;
  private boolean open = true;

  /** Adds a column; the field is empty where it has none. */
  void add(String name, String field, Token place) {
    requireNew(name, "there are two columns '" + name + "'; name one of them with 'as'", place);
    shown.add(columns.size());
    columns.add(new Field(name, field));
  }

  /** Adds a column that a pipe computes from others; its number. */
  int addComputed(String name, Token place) {
    requireNew(name, "there is a column '" + name + "' already; choose another name", place);
    shown.add(columns.size());
    columns.add(new Field(name, ""));
    return columns.size() - 1;
  }

  /** Adds a column that nothing can name. */
  void addHidden() {
    columns.add(new Field("", ""));
  }

  private void requireNew(String name, String problem, Token place) {
    if (!all(column -> column.name().equals(name)).isEmpty()) {
      throw PipeTokens.error(problem, place);
    }
  }

  /** Ends the columns of a table that is made of groups. */
  void close() {
    ofEvents = false;
    open = false;
  }

  /** Keeps some columns, in this order. */
  void show(List<Integer> chosen) {
    shown = new ArrayList<>(chosen);
    open = false;
  }

  boolean ofEvents() {
    return ofEvents;
  }

  List<Field> fields() {
    return columns;
  }

  /** The column that a name means. */
  int find(Field wanted, Token place) {
    List<Integer> found = named(wanted);
    if (found.isEmpty() && open && !wanted.field().isEmpty()) {
      add(wanted.name(), wanted.field(), place);
      return columns.size() - 1;
    }
    if (found.size() != 1) {
      String names =
          String.join(", ", shown.stream().map(column -> columns.get(column).name()).toList());
      throw PipeTokens.error(
          (found.isEmpty() ? "there is no column '" : "several columns could be '")
              + wanted.name()
              + "'; the columns are "
              + names,
          place);
    }
    return found.get(0);
  }

  private List<Integer> named(Field wanted) {
    List<Integer> exact = all(column -> column.name().equals(wanted.name()));
    if (!exact.isEmpty()) {
      return exact;
    }
    List<Integer> sameField =
        all(column -> !column.field().isEmpty() && column.field().equals(wanted.field()));
    return sameField.isEmpty()
        ? all(column -> !ofEvents && column.name().startsWith(wanted.name() + "("))
        : sameField;
  }

  private List<Integer> all(Predicate<Field> test) {
    return shown.stream().filter(column -> test.test(columns.get(column))).toList();
  }

  /**
   * The columns of the answer.
   *
   * @param usual which fields are shown of events where no pipe says it
   */
  List<Integer> shown(List<String> usual) {
    if (!open) {
      return shown;
    }
    List<Integer> all = new ArrayList<>();
    for (String field : usual) {
      all.add(column(field));
    }
    IntStream.range(0, columns.size()).filter(column -> !all.contains(column)).forEach(all::add);
    return all;
  }

  private int column(String field) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).field().equals(field)) {
        return i;
      }
    }
    columns.add(new Field(field, field));
    return columns.size() - 1;
  }
}

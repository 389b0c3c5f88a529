package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.query.PipeLexer.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that a condition over a table names. A column that holds a field is compared as that
 * field is; any other by its numbers and whole values.
 */
final class RowFields implements QueryParser.Names {

  private static final String PLAIN = "#";

  private final TableColumns columns;
  private final Map<String, Integer> used = new HashMap<>();

  RowFields(TableColumns columns) {
    this.columns = columns;
  }

  /** Whether a name stands for a column that holds no field. */
  static boolean isPlain(String field) {
    return field.startsWith(PLAIN);
  }

  @Override
  public List<String> fields(String written, int start) {
    Token place = new Token(Token.Kind.WORD, written, start);
    int column = columns.find(PipeTokens.reference(written), place);
    String field = columns.fields().get(column).field();
    boolean other = used.getOrDefault(field, column) != column;
    String name = field.isEmpty() || other ? PLAIN + column : field;
    used.put(name, column);
    return List.of(name);
  }

  @Override
  public String pattern(String written, int start) {
    throw new QuerySyntaxException(
        "a condition over a table names its column; there are no patterns of columns", start);
  }

  @Override
  public List<String> none(int start) {
    throw new QuerySyntaxException(
        "a condition over a table names its column, as in message:word", start);
  }

  /** The columns by the names that the condition has for them. */
  Map<String, Integer> used() {
    return Map.copyOf(used);
  }
}

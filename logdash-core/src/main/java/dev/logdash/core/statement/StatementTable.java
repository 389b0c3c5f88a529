package dev.logdash.core.statement;

import dev.logdash.api.event.Severity;
import java.util.List;

/**
 * The statements behind the events of a query. Each event is counted once: the counts of the rows,
 * of {@code more}, {@code without} and {@code other} add up to the total.
 *
 * @param total how many events there are
 * @param rows the most frequent first, of equal ones by text
 * @param more the statements behind the last row
 * @param without the events of no statement: neither a message nor a route, or stored without a
 *     form; one statement if there are any
 * @param other events that were only counted, since there are more forms or routes than are looked
 *     at; of how many statements is not known
 */
public record StatementTable(
    long total, List<Statement> rows, Rest more, Unstated without, long other) {

  public StatementTable {
    rows = List.copyOf(rows);
  }

  /** Where the text of a statement comes from. */
  public enum Kind {
    /** Mined from messages; with placeholders such as {@code <num>}. */
    MESSAGE("message"),
    /** The exact template that the events bring; with the placeholders of SLF4J. */
    TEMPLATE("template"),
    /** The method and the route of requests, whose messages are the lines of an access log. */
    REQUEST("request");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Its name in JSON. */
    public String text() {
      return text;
    }
  }

  /**
   * A statement with its events.
   *
   * @param worst the worst severity of an event
   * @param lastNanos when the last event happened; 0 for requests
   * @param example the message of one of the events, of a long one the first 4,096 characters;
   *     empty for requests
   * @param forms how many forms its messages have
   * @param filter a query, good as an operand of others, that selects exactly its events among
   *     those that were asked for; empty where it has more than {@value StatementFilters#MAX_FORMS}
   *     forms
   */
  public record Statement(
      Kind kind,
      String text,
      long count,
      Severity worst,
      long lastNanos,
      String example,
      int forms,
      String filter) {}

  /** Statements that are not shown one by one. */
  public record Rest(int statements, long count) {}

  /** The events without a statement, and what selects them; empty if nothing does. */
  public record Unstated(long count, String filter) {}
}

package dev.logdash.core.query;

import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.PipeLexer.Token;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** The functions of the pipe {@code stats}, by their names. */
final class TableFunctions {

  static final String KNOWN =
      "a function is one of count(), sum(field), avg(field), min(field), max(field),"
          + " distinct(field), p50(field) to p99.9(field)";

  private static final Pattern PERCENTILE = Pattern.compile("p\\d{1,3}(\\.\\d{1,6})?");

  private TableFunctions() {}

  /**
   * @param argument where the field stands, or what stands there instead
   * @param field the canonical name of the field; empty for none
   */
  static Aggregation.Function of(Token name, Token argument, String field) {
    String function = name.text().toLowerCase(Locale.ROOT);
    if (function.equals("count")) {
      if (!field.isEmpty()) {
        throw PipeTokens.error(
            "count() takes no field; to count events that have one, ask for field:* in front",
            argument);
      }
      return new Aggregation.Count();
    }
    Aggregation.Function found = ofField(name, function, field);
    if (field.isEmpty()) {
      throw PipeTokens.error("expected the field of '" + name.text() + "'", argument);
    }
    return found;
  }

  private static Aggregation.Function ofField(Token name, String function, String field) {
    switch (function) {
      case "sum":
        return new Aggregation.Sum(field);
      case "avg":
        return new Aggregation.Mean(field);
      case "min":
        return new Aggregation.Min(field);
      case "max":
        return new Aggregation.Max(field);
      case "distinct":
        return new Aggregation.Distinct(field);
      default:
        return percentile(name, function, field);
    }
  }

  private static Aggregation.Function percentile(Token name, String function, String field) {
    if (!PERCENTILE.matcher(function).matches()) {
      throw PipeTokens.error("there is no function '" + name.text() + "'; " + KNOWN, name);
    }
    // Divided as a decimal, since p99.9 means the double nearest to 0.999.
    double share = new BigDecimal(function.substring(1)).movePointLeft(2).doubleValue();
    if (share > 1) {
      throw PipeTokens.error("a percentile lies between p0 and p100", name);
    }
    return new Aggregation.Percentile(field, share);
  }
}

package dev.logdash.core.statement;

import dev.logdash.core.statement.StatementTable.Kind;
import dev.logdash.core.statement.StatementTable.Statement;
import dev.logdash.core.template.Template;
import dev.logdash.core.template.TemplateMiner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts forms together to statements. */
final class Statements {

  private final List<Statement> requests = new ArrayList<>();
  private final Map<String, Group> groups = new HashMap<>();

  /** A statement of forms, so far. */
  private static final class Group {
    final Kind kind;
    final String text;
    final String example;
    final List<String> forms = new ArrayList<>();
    Tally tally = Tally.NONE;
    long lastNanos;

    Group(Kind kind, String text, String example) {
      this.kind = kind;
      this.text = text;
      this.example = example;
    }

    Statement statement() {
      return new Statement(
          kind,
          text,
          tally.count(),
          tally.severity(),
          lastNanos,
          example,
          forms.size(),
          StatementFilters.query(forms));
    }
  }

  private record Sampled(String form, Tally tally, FormSample sample) {}

  /**
   * Adds events by their forms.
   *
   * @param samples the newest event of each form, of which some may be missing
   */
  void addForms(StatementCounts forms, Map<String, FormSample> samples) {
    List<Sampled> sampled = new ArrayList<>();
    for (StatementCounts.Group group : forms.groups()) {
      String form = group.key().get(0);
      FormSample sample = samples.get(form);
      if (sample != null) {
        sampled.add(new Sampled(form, group.tally(), sample));
      }
    }
    TemplateMiner miner = new TemplateMiner();
    Map<String, Template> unsettled = new HashMap<>();
    for (Sampled one : sampled) {
      if (one.sample.template().isEmpty()) {
        unsettled.put(one.form, miner.mine(one.sample.head(), one.tally.count()));
      }
    }
    miner.settle();
    for (Sampled one : sampled) {
      Template early = unsettled.get(one.form);
      Group group = early == null ? exact(one) : mined(one, miner, early);
      group.forms.add(one.form);
      group.tally = group.tally.and(one.tally);
      group.lastNanos = Math.max(group.lastNanos, one.sample.timestampNanos());
    }
  }

  private Group exact(Sampled one) {
    return groups.computeIfAbsent(
        "exact " + one.sample.template(),
        key -> new Group(Kind.TEMPLATE, one.sample.template(), one.sample.head()));
  }

  private Group mined(Sampled one, TemplateMiner miner, Template early) {
    // The miner forgets what is beyond its memory.
    @Nullable Template settled = miner.find(one.sample.head());
    Template template = settled == null ? early : settled;
    return groups.computeIfAbsent(
        "mined " + template.id(),
        key -> new Group(Kind.MESSAGE, template.text(), one.sample.head()));
  }

  /** Adds requests, which have no form. */
  void addRequests(StatementCounts.Group group) {
    String method = group.key().get(0);
    String route = group.key().get(1);
    requests.add(
        new Statement(
            Kind.REQUEST,
            method.isEmpty() || route.isEmpty() ? method + route : method + ' ' + route,
            group.tally().count(),
            group.tally().severity(),
            0,
            "",
            0,
            StatementFilters.request(method, route)));
  }

  /** All statements, the most frequent first. */
  List<Statement> rows() {
    List<Statement> rows = new ArrayList<>(requests);
    groups.values().forEach(group -> rows.add(group.statement()));
    rows.sort(
        Comparator.comparingLong((Statement row) -> -row.count()).thenComparing(Statement::text));
    return rows;
  }
}

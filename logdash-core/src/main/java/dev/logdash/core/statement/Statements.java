package dev.logdash.core.statement;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.statement.StatementTable.Kind;
import dev.logdash.core.statement.StatementTable.Statement;
import dev.logdash.core.template.FormIds;
import dev.logdash.core.template.Template;
import dev.logdash.core.template.TemplateMiner;
import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts forms together to statements. */
final class Statements {

  private final Map<String, Statement> requests = new HashMap<>();
  private final Map<String, Group> groups = new HashMap<>();

  /** A statement of forms, so far. */
  private static final class Group {
    final Kind kind;
    final String text;
    final String example;
    final List<String> forms = new ArrayList<>();
    Tally tally = Tally.NONE;

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
          tally.firstNanos(),
          tally.lastNanos(),
          example,
          forms.size(),
          StatementFilters.query(forms));
    }
  }

  private record Sampled(String form, Tally tally, LogEvent event) {
    String template() {
      return event.attributes().text(FormIds.TEMPLATE_FIELD);
    }
  }

  /**
   * Adds events by their forms.
   *
   * @param samples an event of each form, of which some may be missing
   */
  void addForms(Map<String, Tally> forms, Map<String, LogEvent> samples) {
    List<Sampled> sampled = new ArrayList<>();
    samples.forEach(
        (form, event) ->
            sampled.add(new Sampled(form, forms.getOrDefault(form, Tally.NONE), event)));
    sampled.sort(
        Comparator.comparingLong((Sampled one) -> -one.tally.count())
            .thenComparing(Sampled::form));
    TemplateMiner miner = new TemplateMiner();
    Map<String, Template> unsettled = new HashMap<>();
    for (Sampled one : sampled) {
      if (one.template().isEmpty()) {
        unsettled.put(one.form, miner.mine(one.event.message(), one.tally.count()));
      }
    }
    miner.settle();
    for (Sampled one : sampled) {
      Template early = unsettled.get(one.form);
      Group group = early == null ? exact(one) : mined(one, miner, early);
      group.forms.add(one.form);
      group.tally = group.tally.and(one.tally);
    }
  }

  private Group exact(Sampled one) {
    return groups.computeIfAbsent(
        "exact " + one.template(),
        key -> new Group(Kind.TEMPLATE, one.template(), one.event.message()));
  }

  private Group mined(Sampled one, TemplateMiner miner, Template early) {
    // The miner forgets what is beyond its memory.
    @Nullable Template settled = miner.find(one.event.message());
    Template template = settled == null ? early : settled;
    return groups.computeIfAbsent(
        "mined " + template.id(),
        key -> new Group(Kind.MESSAGE, template.text(), one.event.message()));
  }

  /** Adds requests, which have no form. */
  void addRequests(String method, String route, Tally tally) {
    String text = method.isEmpty() || route.isEmpty() ? method + route : method + ' ' + route;
    // As a filter tells them apart.
    String key = Tokenizer.fold(method) + ' ' + Tokenizer.fold(route);
    Statement known = requests.get(key);
    Tally all =
        known == null
            ? tally
            : tally.and(
                new Tally(
                    known.count(),
                    known.worst().number(),
                    known.firstNanos(),
                    known.lastNanos()));
    requests.put(
        key,
        new Statement(
            Kind.REQUEST,
            text,
            all.count(),
            all.severity(),
            all.firstNanos(),
            all.lastNanos(),
            "",
            0,
            StatementFilters.request(method, route)));
  }

  /** All statements, the most frequent first. */
  List<Statement> rows() {
    List<Statement> rows = new ArrayList<>(requests.values());
    groups.values().forEach(group -> rows.add(group.statement()));
    rows.sort(
        Comparator.comparingLong((Statement row) -> -row.count()).thenComparing(Statement::text));
    return rows;
  }
}

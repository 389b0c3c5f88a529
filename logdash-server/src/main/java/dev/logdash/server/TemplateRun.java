package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.decode.Surrogates;
import dev.logdash.core.json.JsonDocument;
import dev.logdash.core.template.PlaceholderValues;
import dev.logdash.core.template.Template;
import dev.logdash.core.template.TemplateMiner;
import dev.logdash.core.template.TemplateSummary;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Learns the templates of messages and prints them, in bounded memory. */
final class TemplateRun {

  private static final int MOST_LINES_KEPT = 10_000;
  private static final long MOST_HEAD_CHARS = 4L << 20;

  private final PrintStream out;
  private final TemplateMiner miner = new TemplateMiner();
  private final Map<Template, Long> exact = new HashMap<>();
  private final Map<Template, byte[]> lines = new HashMap<>();

  TemplateRun(PrintStream out) {
    this.out = out;
  }

  /** Learns from a message. */
  void learn(String message, @Nullable Template statement) {
    if (statement == null) {
      miner.mine(message);
    } else if (exact.size() < MOST_LINES_KEPT || exact.containsKey(statement)) {
      exact.merge(statement, 1L, Long::sum);
    }
  }

  /** Ends the learning. */
  void settle() {
    miner.settle();
  }

  /** Prints the template of a message that was learned from. */
  void print(String message, @Nullable Template statement) {
    Template template = statement == null ? miner.find(message) : statement;
    write(template == null ? miner.mine(message) : template);
  }

  private void write(Template template) {
    byte[] line = lines.get(template);
    if (line == null) {
      if (lines.size() == MOST_LINES_KEPT) {
        lines.clear();
      }
      line = (JsonDocument.write(members(template)) + '\n').getBytes(UTF_8);
      lines.put(template, line);
    }
    out.write(line, 0, line.length);
  }

  private static Map<String, Object> members(Template template) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("template_id", template.id());
    members.put("template", Surrogates.repair(template.text()));
    return members;
  }

  /** Prints all templates, the most frequent first. */
  void list() {
    List<TemplateSummary> all = new ArrayList<>(miner.summaries());
    exact.forEach((template, count) -> all.add(new TemplateSummary(template, count, List.of())));
    all.sort((a, b) -> Long.compare(b.count(), a.count()));
    for (TemplateSummary summary : all) {
      Map<String, Object> members = members(summary.template());
      members.put("count", summary.count());
      members.put("values", summary.values().stream().map(TemplateRun::values).toList());
      out.println(JsonDocument.write(members));
    }
  }

  private static Map<String, Object> values(PlaceholderValues values) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("placeholder", values.kind().label());
    members.put("count", values.count());
    members.put("distinct", values.distinct());
    if (values.numbers() > 0) {
      members.put("min", values.least());
      members.put("max", values.most());
      members.put("mean", values.mean());
    }
    Map<String, Object> top = new LinkedHashMap<>();
    for (PlaceholderValues.Frequent value : values.frequent()) {
      top.put(Surrogates.repair(value.text()), value.count());
    }
    members.put("top", top);
    return members;
  }

  /** Says what was forgotten. */
  void tell(PrintStream err) {
    if (miner.forgotten() > 0) {
      err.println(
          "logdash: there were more different messages than are remembered; "
              + miner.forgotten()
              + " forms were forgotten, their templates may be too narrow");
    }
  }

  /** The first lines of a stream, which are learned from before they are printed. */
  Head head(int most) {
    return new Head(most);
  }

  final class Head {

    private record Line(String message, @Nullable Template statement) {}

    private final int most;
    private final List<Line> kept = new ArrayList<>();
    private long chars;
    private boolean ended;

    private Head(int most) {
      this.most = most;
    }

    void take(String message, @Nullable Template statement) {
      if (!ended && (kept.size() >= most || chars >= MOST_HEAD_CHARS)) {
        end();
      }
      if (ended) {
        write(statement == null ? miner.mine(message) : statement);
        return;
      }
      learn(message, statement);
      kept.add(new Line(message, statement));
      chars += message.length();
    }

    void end() {
      if (!ended) {
        ended = true;
        settle();
        kept.forEach(line -> print(line.message, line.statement));
        kept.clear();
      }
    }
  }
}

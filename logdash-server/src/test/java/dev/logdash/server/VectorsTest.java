package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.query.QueryParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the suites of a folder of test vectors, given by {@code -Dlogdash.vectors=DIR}, and prints
 * {@code vector-score SUITE PASSED/TOTAL} for each. The folder's own {@code check.py} is the judge
 * where it judges the suite. A low score is no failure; a suite that cannot be run is.
 */
@Tag("vectors")
class VectorsTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path work;
  private static Path vectors;

  @BeforeAll
  static void findTheFolder() {
    String folder = System.getProperty("logdash.vectors", "");
    assertThat(folder).as("-Dlogdash.vectors=DIR names the folder").isNotEmpty();
    vectors = Path.of(System.getProperty("logdash.vectors.base", "")).resolve(folder);
    assertThat(vectors).isDirectory();
  }

  @Test
  void parse() throws Exception {
    List<String> files = files("parse", ".jsonl").stream().map(Path::toString).toList();
    Path lines = work.resolve("lines.txt");
    List<String> inputs = new ArrayList<>(List.of("inputs"));
    inputs.addAll(files);
    inputs.addAll(List.of("-o", lines.toString()));
    check(inputs);
    CommandRun.Answer answer = new CommandRun().run("parse", lines.toString());
    assertThat(answer.code()).as(answer.err()).isZero();
    Path out = Files.writeString(work.resolve("out.ndjson"), answer.out());
    Path report = work.resolve("report.json");
    List<String> judge = new ArrayList<>(List.of("parse", out.toString()));
    judge.addAll(files);
    judge.addAll(List.of("--json", report.toString()));

    String told = check(judge);

    told.lines().filter(line -> line.startsWith("MACRO")).forEach(System.out::println);
    long total = 0;
    long passed = 0;
    for (Map.Entry<String, JsonNode> format : JSON.readTree(report.toFile()).properties()) {
      if (!format.getKey().matches("MICRO|MACRO|FAMILY\\..*")) {
        long n = format.getValue().get("n").asLong();
        total += n;
        passed += Math.round(n * format.getValue().get("exact").asDouble());
      }
    }
    score("parse", passed, total);
  }

  @Test
  void json() throws Exception {
    Path cases = vectors.resolve("jsontestsuite.json");
    FieldSink sink = new FieldSink();
    StringBuilder results = new StringBuilder();
    for (JsonNode test : JSON.readTree(cases.toFile())) {
      byte[] input = Base64.getDecoder().decode(test.get("input_b64").asString());
      byte[] line = new String(input, UTF_8).strip().startsWith("{") ? input : asMember(input);
      sink.clear();
      boolean accepted = Parsers.named("json").parse(line, 0, line.length, sink);
      result(results, Map.of("id", test.get("id").asString(), "accepted", accepted));
    }

    String told = check(List.of("json", cases.toString(), written(results)));

    score(
        "json",
        number(told, "accept_ok") + number(told, "reject_ok"),
        number(told, "accept") + number(told, "reject"));
  }

  @Test
  void blns() throws Exception {
    List<String> strings = new ArrayList<>();
    JSON.readTree(vectors.resolve("blns.json").toFile())
        .forEach(string -> strings.add(string.asString()));
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < strings.size(); i++) {
      log.append(JSON.writeValueAsString(Map.of("number", i, "message", strings.get(i))));
      log.append('\n');
    }
    Path data = imported(Files.writeString(work.resolve("blns.log"), log));

    CommandRun.Answer found =
        new CommandRun().data(data).run("search", "--json", "--limit", "1000000");

    Map<Integer, String> messages = new HashMap<>();
    for (String line : found.lines()) {
      JsonNode event = JSON.readTree(line);
      messages.put(event.get("number").asInt(), event.get("message").asString());
    }
    long passed = 0;
    for (int i = 0; i < strings.size(); i++) {
      if (strings.get(i).equals(messages.get(i))) {
        passed++;
      } else {
        System.out.println("blns " + i + ": " + JSON.writeValueAsString(strings.get(i)));
      }
    }
    score("blns", passed, strings.size());
  }

  @Test
  void queries() throws Exception {
    Path cases = vectors.resolve("search").resolve("queries.json");
    QueryParser parser = new QueryParser(Clock.systemUTC());
    StringBuilder results = new StringBuilder();
    for (JsonNode test : JSON.readTree(cases.toFile())) {
      if (test.has("valid")) {
        boolean parsed = parses(parser, test.get("query").asString());
        result(results, Map.of("id", test.get("id").asString(), "parsed", parsed));
      }
    }

    String told = check(List.of("queries", cases.toString(), written(results)));

    long passed = 0;
    long total = 0;
    for (String group : told.lines().filter(line -> line.contains("{'n':")).toList()) {
      passed += number(group, "ok");
      total += number(group, "n") - number(group, "absent");
    }
    score("queries", passed, total);
  }

  @Test
  void aggregates() throws Exception {
    long passed = 0;
    long total = 0;
    for (Path expected : files("aggregates", ".expected.json")) {
      String name = expected.getFileName().toString().replace(".expected.json", "");
      Path log = vectors.resolve("aggregates").resolve(name + ".log");
      if (Files.notExists(log)) {
        continue;
      }
      Path got = work.resolve(name + ".got.json");
      try (ReadSide side = ReadSide.open(imported(log), Clock.systemUTC())) {
        JSON.writeValue(got.toFile(), new AccessFigures(side.search()).all());
      }
      String told = check(List.of("aggregates", expected.toString(), got.toString()));
      System.out.println(told.strip());
      passed += told.lines().filter(line -> line.endsWith(" ok")).count();
      total += told.lines().count();
    }
    score("aggregates", passed, total);
  }

  @Test
  void templates() throws Exception {
    Path truth = vectors.resolve("templates");
    Path got = Files.createDirectory(work.resolve("templates"));
    for (Path system : files("templates", ".jsonl")) {
      String name = system.getFileName().toString().replace(".jsonl", "");
      StringBuilder messages = new StringBuilder();
      for (String line : Files.readAllLines(system)) {
        String message = JSON.readTree(line).get("message").asString();
        messages.append(JSON.writeValueAsString(Map.of("message", message))).append('\n');
      }
      Path input = Files.writeString(work.resolve(name + ".messages"), messages);
      CommandRun.Answer answer = new CommandRun().run("templates", input.toString());
      assertThat(answer.code()).as(answer.err()).isZero();
      Files.writeString(got.resolve(name + ".ndjson"), answer.out());
    }

    String told = check(List.of("templates", truth.toString(), got.toString()));

    System.out.println(told.strip());
    long total = 0;
    long passed = 0;
    for (String row : told.lines().skip(1).filter(row -> !row.startsWith("AVERAGE")).toList()) {
      String[] cells = row.strip().split("\\s+");
      long lines = Long.parseLong(cells[1]);
      total += lines;
      passed += Math.round(lines * Double.parseDouble(cells[2]));
    }
    score("templates", passed, total);
  }

  private static boolean parses(QueryParser parser, String query) {
    try {
      parser.parse(query);
      return true;
    } catch (QuerySyntaxException e) {
      return false;
    }
  }

  // A log line is JSON if it is an object, so any other text is tried as the value of a member.
  private static byte[] asMember(byte[] value) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes("{\"value\":".getBytes(UTF_8));
    line.writeBytes(value);
    line.write('}');
    return line.toByteArray();
  }

  private Path imported(Path log) {
    Path data = work.resolve("data-of-" + log.getFileName());
    CommandRun.Answer answer = new CommandRun().data(data).run("import", log.toString());
    assertThat(answer.code()).as(answer.err()).isZero();
    return data;
  }

  private static void result(StringBuilder results, Map<String, Object> result) {
    results.append(JSON.writeValueAsString(result)).append('\n');
  }

  private String written(StringBuilder results) throws IOException {
    return Files.writeString(Files.createTempFile(work, "results", ".ndjson"), results).toString();
  }

  /** Runs the judge of the folder; answers with what it printed. */
  private String check(List<String> args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", vectors + "/check.py"));
    command.addAll(args);
    Path out = Files.createTempFile(work, "check", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int code = process.waitFor();
    String told = Files.readString(out);
    assertThat(code).as(told).isZero();
    return told;
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> all = Files.list(vectors.resolve(folder))) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The number behind a name in a dictionary as Python prints it; 0 if it is not there. */
  private static long number(String told, String name) {
    Matcher matcher = Pattern.compile("'" + name + "': (\\d+)").matcher(told);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private static void score(String suite, long passed, long total) {
    System.out.println("vector-score " + suite + " " + passed + "/" + total);
    assertThat(total).as("cases of " + suite).isPositive();
  }
}

package dev.logdash.core.decode;

import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.ParseKeys;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.parse.pattern.PatternParser;
import dev.logdash.core.query.Wildcard;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about sources beyond what their lines say: the zone of times that name none, and
 * the format. Of several groups that a source belongs to, the first by name holds. Safe for use by
 * many threads.
 */
public final class SourceRules {

  /** All sources have UTC and formats that are recognised. */
  public static final SourceRules NONE = ofZone(ZoneOffset.UTC);

  private static final String MATCH = "match";
  private static final String ZONE = "zone";
  private static final String FORMAT = "format";
  private static final String PATTERN = "pattern";
  private static final Set<String> PARTS = Set.of(MATCH, ZONE, FORMAT, PATTERN);
  private static final int MAX_SOURCES = 10_000;

  private final List<Group> groups;
  private final Rule others;
  private final Map<String, Rule> known = new ConcurrentHashMap<>();

  /**
   * What holds for a source.
   *
   * @param zone of times that name none
   * @param parser tried before others on records that name no format, or null
   */
  record Rule(ZoneId zone, @Nullable LineParser parser) {}

  private record Group(List<Wildcard> match, Rule rule) {

    boolean has(String source) {
      return match.stream().anyMatch(pattern -> pattern.matches(source));
    }
  }

  private SourceRules(List<Group> groups, Rule others) {
    this.groups = List.copyOf(groups);
    this.others = others;
  }

  /** One zone for all sources. */
  public static SourceRules ofZone(ZoneId zone) {
    return new SourceRules(List.of(), new Rule(zone, null));
  }

  /**
   * Those of {@code logdash.parse.zone} and {@code logdash.parse.source.NAME.*}: {@code match} has
   * sources with commas between them, in which {@code *} and {@code ?} stand for any characters and
   * one; {@code zone}, {@code format} and {@code pattern} say what holds for them.
   *
   * @throws ConfigException naming every setting that cannot be used
   */
  public static SourceRules of(LogdashConfig config) {
    ZoneId zone = config.get(ParseKeys.ZONE);
    List<String> problems = new ArrayList<>();
    Map<String, Map<String, String>> named = new TreeMap<>();
    config
        .below(ParseKeys.SOURCE)
        .forEach(
            (setting, value) -> {
              int dot = setting.lastIndexOf('.');
              String name = dot < 0 ? "" : setting.substring(0, dot);
              String part = setting.substring(dot + 1);
              if (name.matches("[A-Za-z0-9_-]{1,64}") && PARTS.contains(part)) {
                named.computeIfAbsent(name, unused -> new TreeMap<>()).put(part, value.strip());
              } else {
                problems.add(
                    ParseKeys.SOURCE
                        + setting
                        + ": expected NAME.match = sources, and NAME.zone, NAME.format or"
                        + " NAME.pattern = what holds for them");
              }
            });
    List<Group> groups = new ArrayList<>();
    named.forEach((name, parts) -> groups.add(group(name, parts, zone, problems)));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new SourceRules(groups, new Rule(zone, null));
  }

  private static Group group(
      String name, Map<String, String> parts, ZoneId standard, List<String> problems) {
    List<Wildcard> match =
        Arrays.stream(parts.getOrDefault(MATCH, "").split(",", -1))
            .map(String::strip)
            .filter(pattern -> !pattern.isEmpty())
            .map(Wildcard::exact)
            .toList();
    if (match.isEmpty()) {
      problems.add(ParseKeys.SOURCE + name + ".match is missing: it says which sources are meant");
    }
    if (parts.size() < 2 && !match.isEmpty()) {
      problems.add(ParseKeys.SOURCE + name + " says neither zone nor format nor pattern");
    }
    ZoneId zone = standard;
    LineParser parser = null;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      try {
        switch (part.getKey()) {
          case ZONE -> zone = ZoneId.of(part.getValue());
          case FORMAT -> parser = Parsers.named(part.getValue());
          case PATTERN -> parser = PatternParser.of(part.getValue());
          default -> {}
        }
      } catch (DateTimeException | IllegalArgumentException e) {
        problems.add(
            ParseKeys.SOURCE
                + name
                + "."
                + part.getKey()
                + " = "
                + part.getValue()
                + ": "
                + e.getMessage());
      }
    }
    if (parts.containsKey(FORMAT) && parts.containsKey(PATTERN)) {
      problems.add(ParseKeys.SOURCE + name + ": format and pattern exclude each other");
    }
    return new Group(match, new Rule(zone, parser));
  }

  /** What holds for a source. */
  Rule of(String source) {
    if (groups.isEmpty()) {
      return others;
    }
    Rule found = known.get(source);
    if (found == null) {
      found = find(source);
      if (known.size() >= MAX_SOURCES) {
        known.clear();
      }
      known.put(source, found);
    }
    return found;
  }

  private Rule find(String source) {
    for (Group group : groups) {
      if (group.has(source)) {
        return group.rule();
      }
    }
    return others;
  }
}

package dev.logdash.tck;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** Which module may know which: a dependency that is not in the table is a violation. */
final class ArrowsRunOneWay extends ArchCondition<JavaClass> {

  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("api", Set.of()),
          Map.entry("core", Set.of("api")),
          Map.entry("embedded", Set.of("api", "core")),
          Map.entry("logback", Set.of("api", "core")),
          Map.entry("notify", Set.of("api")),
          Map.entry("otlp", Set.of("api")),
          Map.entry("kafka", Set.of("api")),
          Map.entry("elasticsearch", Set.of("api", "core")),
          Map.entry("mongo", Set.of("api")),
          Map.entry("redis", Set.of("api")),
          Map.entry(
              "dashboard",
              Set.of(
                  "api",
                  "core",
                  "embedded",
                  "logback",
                  "notify",
                  "otlp",
                  "kafka",
                  "elasticsearch",
                  "mongo",
                  "redis")),
          Map.entry(
              "server",
              Set.of(
                  "api",
                  "core",
                  "embedded",
                  "logback",
                  "notify",
                  "otlp",
                  "kafka",
                  "elasticsearch",
                  "mongo",
                  "redis",
                  "dashboard")));

  private final String prefix;

  ArrowsRunOneWay(String root) {
    super("know only modules below their own");
    this.prefix = root + '.';
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String own = module(type);
    Set<String> known = MAY_KNOW.get(own);
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      String other = module(dependency.getTargetClass());
      if (other.isEmpty() || other.equals(own)) {
        continue;
      }
      if (known == null || !known.contains(other)) {
        String message = own + " must not know " + other + ": " + dependency.getDescription();
        events.add(SimpleConditionEvent.violated(type, message));
      }
    }
  }

  private String module(JavaClass type) {
    String name = type.getPackageName() + '.';
    if (!name.startsWith(prefix)) {
      return "";
    }
    return name.substring(prefix.length(), name.indexOf('.', prefix.length()));
  }
}

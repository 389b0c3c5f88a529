package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Shows that each rule fires, each on its own small offender and on nobody else. */
class LogdashRulesTest {

  private static final String ROOT = "dev.logdash.tck.mutants";

  private static final Map<String, List<String>> OFFENDERS =
      Map.ofEntries(
          Map.entry(
              "the_api_knows_only_the_jdk_reactor_and_jspecify", List.of("api.KnowsAssertions")),
          Map.entry("the_core_knows_no_driver", List.of("core.KnowsDriver")),
          Map.entry(
              "the_parsers_depend_on_the_jdk_and_re2j_alone", List.of("core.parse.KnowsCore")),
          Map.entry("arrows_between_modules_run_one_way", List.of("kafka.KnowsCore")),
          Map.entry("packages_of_one_module_form_no_cycle", List.of("api.a.First")),
          Map.entry(
              "drivers_never_show_in_a_public_method",
              List.of("kafka.ReturnsDriver", "kafka.TakesDriver")),
          Map.entry("public_classes_are_final_or_abstract", List.of("api.OpenClass")),
          Map.entry(
              "time_comes_from_an_injected_clock", List.of("api.ReadsTheTime", "api.MakesAClock")),
          Map.entry("no_mutable_static_state", List.of("api.MutableField", "api.MutableConstant")),
          Map.entry("no_standard_streams", List.of("api.Prints")),
          Map.entry("no_jul", List.of("api.UsesJul")),
          Map.entry("no_java_serialization", List.of("api.Deserializes")),
          Map.entry("nothing_waits_outside_the_command_line", List.of("api.Blocks", "api.Sleeps")),
          Map.entry("names_are_terms_of_the_field", List.of("api.StringUtils")));

  private final LogdashRules rules =
      new LogdashRules(ROOT, List.of("dev.logdash.tck.mutantdriver.."));
  private final JavaClasses mutants = new ClassFileImporter().importPackages(ROOT);

  @Test
  void eachRuleHasAnOffender() {
    assertThat(OFFENDERS.keySet()).isEqualTo(new TreeSet<>(rules.rules().keySet()));
  }

  @Test
  void eachOffenderBreaksItsRuleAndNoOther() {
    assertAll(
        OFFENDERS.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .map(
                            name ->
                                () ->
                                    assertThat(brokenBy(name))
                                        .as(name)
                                        .isEqualTo(Set.of(entry.getKey())))));
  }

  @Test
  void theCommandLineMayDoMore() {
    assertThat(brokenBy("server.MayDoAllThat")).isEmpty();
  }

  @Test
  void refusesToCheckNothing() {
    assertThatThrownBy(() -> LogdashRules.check("dev.logdash.nowhere"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no main classes");
  }

  /** A cycle takes two, so the classes of an offender's package and those below come along. */
  private Set<String> brokenBy(String name) {
    boolean cycle = name.startsWith("api.a.");
    JavaClasses subject =
        mutants.that(
            DescribedPredicate.describe(
                name,
                type ->
                    type.getName().equals(ROOT + '.' + name)
                        || (cycle && type.getPackageName().equals(ROOT + ".api.b"))));
    assertThat(subject).isNotEmpty();
    return rules.brokenBy(subject).keySet();
  }
}

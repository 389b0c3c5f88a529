package dev.logdash.tck;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The architecture as rules, which every module checks on its own main classes. A rule may find
 * nothing to look at in a module; no classes at all is a failure, so that a wrong package cannot
 * pass.
 */
public final class LogdashRules {

  private static final List<String> DRIVERS =
      List.of(
          "org.apache.lucene..",
          "org.h2..",
          "org.apache.kafka..",
          "co.elastic..",
          "org.elasticsearch..",
          "com.mongodb..",
          "org.bson..",
          "io.lettuce..",
          "io.netty..",
          "io.opentelemetry..",
          "com.google.protobuf..",
          "jakarta.servlet..",
          "javax.servlet..",
          "org.eclipse.jetty..",
          "org.springframework..",
          "jakarta.mail..",
          "org.eclipse.angus..",
          "org.apache.hc..",
          "ch.qos.logback..",
          "tools.jackson.databind..",
          "com.fasterxml.jackson..",
          "picocli..",
          "me.tongfei..");

  // The names that the field gives to these roles; a reader will look for them.
  private static final Set<String> GIVEN_NAMES =
      Set.of(
          "AlertingService",
          "UserAuthenticationManager",
          "UserAuthorizationManager",
          "VisualizationManager");

  private static final Set<String> WIRING =
      Set.of(".core.LogdashBuilder", ".dashboard.HostedLogdashBuilder");

  private static final String EMPTY_ENDINGS =
      ".*(Impl|Util|Utils|Helper|Helpers|Manager|Service|Common|Base)";

  private final String root;
  private final String[] drivers;

  LogdashRules(String root, List<String> drivers) {
    this.root = root;
    this.drivers = drivers.toArray(String[]::new);
  }

  /**
   * Checks all rules on the main classes of a module and reports every one that is broken.
   *
   * @param modulePackage the root package of the module, for example {@code dev.logdash.core}
   */
  public static void check(String modulePackage) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(modulePackage);
    if (classes.isEmpty()) {
      throw new AssertionError("no main classes found in " + modulePackage);
    }
    Map<String, String> broken = new LogdashRules("dev.logdash", DRIVERS).brokenBy(classes);
    if (!broken.isEmpty()) {
      throw new AssertionError(String.join("\n", broken.values()));
    }
  }

  /** The rules that classes break, by their names, with what breaks them. */
  Map<String, String> brokenBy(JavaClasses classes) {
    Map<String, String> broken = new LinkedHashMap<>();
    rules()
        .forEach(
            (name, rule) -> {
              var result = rule.allowEmptyShould(true).evaluate(classes);
              if (result.hasViolation()) {
                broken.put(name, name + "\n" + result.getFailureReport() + "\n");
              }
            });
    return broken;
  }

  /** All rules by their names. */
  Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("the_api_knows_only_the_jdk_reactor_and_jspecify", apiIsAlone());
    rules.put("the_core_knows_no_driver", coreKnowsNoDriver());
    rules.put("the_parsers_depend_on_the_jdk_and_re2j_alone", parsersAreReusable());
    rules.put("arrows_between_modules_run_one_way", arrowsRunOneWay());
    rules.put("packages_of_one_module_form_no_cycle", noCycles());
    rules.put("drivers_never_show_in_a_public_method", driversStayInside());
    rules.put("public_classes_are_final_or_abstract", publicClassesAreFinal());
    rules.put("time_comes_from_an_injected_clock", clockIsInjected());
    rules.put("no_mutable_static_state", noMutableStatics());
    rules.put("no_standard_streams", noStandardStreams());
    rules.put("no_jul", dependOnNothingIn("java.util.logging..", "the host chooses how we log"));
    rules.put("no_java_serialization", noSerialization());
    rules.put("nothing_waits_outside_the_command_line", nothingWaits());
    rules.put("names_are_terms_of_the_field", namesSaySomething());
    return rules;
  }

  private String module(String name) {
    return root + '.' + name + "..";
  }

  private ArchRule apiIsAlone() {
    return classes()
        .that()
        .resideInAPackage(module("api"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                module("api"),
                "java..",
                "javax.net..",
                "reactor..",
                "org.reactivestreams..",
                "org.jspecify.."))
        .because("every adapter and every client inherits what the api needs");
  }

  private ArchRule coreKnowsNoDriver() {
    return noClasses()
        .that()
        .resideInAPackage(module("core"))
        .should()
        .dependOnClassesThat(resideInAnyPackage(drivers))
        .because("the core is decisions; what knows a driver belongs into an adapter");
  }

  private ArchRule parsersAreReusable() {
    return classes()
        .that()
        .resideInAPackage(module("core.parse"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                module("core.parse"), "java..", "com.google.re2j..", "org.jspecify.."))
        .because("the parsers are to be reusable as they are");
  }

  private ArchRule arrowsRunOneWay() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new ArrowsRunOneWay(root))
        .because("adapters know the api, embedded and logback also the core, the server all");
  }

  private ArchRule noCycles() {
    return slices()
        .matching(root + ".*.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle of packages is one package in disguise");
  }

  private ArchRule driversStayInside() {
    DescribedPredicate<JavaClass> driver = resideInAnyPackage(drivers);
    return methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        // Nobody compiles against the server, and an appender is a part of Logback.
        .areDeclaredInClassesThat(not(resideInAnyPackage(module("server"), module("logback"))))
        .should()
        .notHaveRawReturnType(driver)
        .andShould()
        .notHaveRawParameterTypes(
            DescribedPredicate.describe(
                "with a driver among them", types -> types.stream().anyMatch(driver)))
        .because("only a constructor, which is wiring, may name a driver");
  }

  private ArchRule publicClassesAreFinal() {
    DescribedPredicate<JavaClass> open =
        DescribedPredicate.describe(
            "are open",
            type ->
                !type.isInterface()
                    && !type.isRecord()
                    && !type.isEnum()
                    && !type.isAnnotation()
                    && !type.getModifiers().contains(JavaModifier.FINAL)
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT));
    return noClasses()
        .that()
        .arePublic()
        .and(not(assignableTo(Throwable.class)))
        .should(be(open))
        .because("what is not made for inheritance is final");
  }

  private ArchRule clockIsInjected() {
    DescribedPredicate<JavaCall<?>> readsTheTime =
        DescribedPredicate.describe(
            "reads the time of the machine", call -> Calls.readsTheTime(call));
    DescribedPredicate<JavaCall<?>> makesAClock =
        DescribedPredicate.describe(
            "makes a clock of the machine",
            call ->
                call.getTargetOwner().isEquivalentTo(Clock.class)
                    && call.getName().startsWith("system")
                    && !call.getOriginOwner().getPackageName().startsWith(root + ".server")
                    // The wiring: its clock is the default that a caller may replace.
                    && WIRING.stream()
                        .noneMatch(name -> call.getOriginOwner().getName().equals(root + name))
                    // ServiceLoader makes it, and has no clock to give.
                    && !call.getOriginOwner().getName().equals(root + ".notify.WebhookType"));
    return noClasses()
        .should()
        .callCodeUnitWhere(readsTheTime.or(makesAClock))
        .because("tests and the simulation own the time; System.nanoTime() is for durations");
  }

  private ArchRule noMutableStatics() {
    return fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .andShould()
        .notHaveRawType(DescribedPredicate.describe("that is made to be changed", Calls::isMutable))
        .because("two instances in one process must not meet");
  }

  private ArchRule noStandardStreams() {
    return noClasses()
        .that(not(resideInAPackage(module("server"))))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .because("the standard streams belong to the host");
  }

  private ArchRule noSerialization() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.io.ObjectInputStream.class, java.io.ObjectOutputStream.class)
        .because("reading serialized objects runs code of whoever wrote them");
  }

  private ArchRule dependOnNothingIn(String packages, String reason) {
    return noClasses().should().dependOnClassesThat(resideInAPackage(packages)).because(reason);
  }

  private ArchRule nothingWaits() {
    return noClasses()
        .that(not(resideInAPackage(module("server"))))
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe("blocks its thread", call -> Calls.waits(call)))
        .because("a thread that waits is a thread of the host");
  }

  private ArchRule namesSaySomething() {
    List<String> given = new ArrayList<>(GIVEN_NAMES);
    return noClasses()
        .that(
            DescribedPredicate.describe(
                "have no given name", type -> !given.contains(type.getSimpleName())))
        .should()
        .haveNameMatching(EMPTY_ENDINGS)
        .because("a name says which role of the field a type plays");
  }
}

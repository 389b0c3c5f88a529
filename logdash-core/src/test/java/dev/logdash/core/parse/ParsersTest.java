package dev.logdash.core.parse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ParsersTest {

  @Test
  void knowsEveryNameItLists() {
    assertThat(Parsers.names()).contains("auto", "json", "access", "syslog3164", "syslog5424");
    for (String name : Parsers.names()) {
      assertThat(Parsers.named(name)).isNotNull();
    }
    assertThat(Parsed.of(Parsers.named("JSON"), "{\"a\":7}".getBytes(UTF_8)))
        .containsEntry("a", 7L);
  }

  @Test
  void offersTheNearestNameForOneThatItDoesNotKnow() {
    assertThatThrownBy(() -> Parsers.named("acess"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'acess'")
        .hasMessageContaining("did you mean 'access'?");
  }

  @Test
  void dependsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("dev.logdash.core.parse..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.logdash.core.parse..", "java..", "com.google.re2j..", "org.jspecify.annotations..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.logdash.core.parse"));
  }
}

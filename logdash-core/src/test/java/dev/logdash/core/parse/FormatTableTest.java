package dev.logdash.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FormatTableTest {

  @TestFactory
  Stream<DynamicTest> everyLineTellsWhatItsTableSays() {
    return FormatTable.FAMILIES.stream()
        .flatMap(
            family ->
                FormatTable.rows(family).stream()
                    .map(row -> dynamicTest(family + ": " + row.line(), () -> check(row))));
  }

  private static void check(FormatTable.Row row) {
    Map<String, Object> fields = Parsed.of(row.line());
    for (String expected : row.expected()) {
      if (expected.startsWith("!")) {
        assertThat(fields).doesNotContainKey(expected.substring(1));
      } else {
        int equals = expected.indexOf('=');
        String name = expected.substring(0, equals);
        assertThat(fields).containsKey(name);
        assertThat(String.valueOf(fields.get(name))).isEqualTo(expected.substring(equals + 1));
      }
    }
  }
}

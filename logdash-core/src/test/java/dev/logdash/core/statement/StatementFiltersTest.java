package dev.logdash.core.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.store.Filter;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.template.FormIds;
import dev.logdash.tck.MutableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementFiltersTest {

  @Test
  void writesAQueryForManyFormsThatLeavesRoomForAnother() {
    List<String> forms = forms(StatementFilters.MAX_FORMS);

    String query = StatementFilters.query(forms);

    assertThat(query).hasSizeLessThan(3_000);
    assertThat(parse("(" + "x".repeat(1_000) + ") AND (" + query + ")")).isNotNull();
    assertThat(parse(query)).isEqualTo(StatementFilters.anyOf(forms));
  }

  @Test
  void writesNoneForMoreThanAQueryCouldHold() {
    assertThat(StatementFilters.query(forms(StatementFilters.MAX_FORMS + 1))).isEmpty();
  }

  @Test
  void takesWhatOthersWroteIntoTheFieldLiterally() {
    List<String> forms = List.of("a b", "c]", "*", "or", "d\"\\", FormIds.ofTemplate("x"));

    assertThat(parse(StatementFilters.query(forms))).isEqualTo(StatementFilters.anyOf(forms));
    assertThat(parse(StatementFilters.query(List.of("* ]"))))
        .isEqualTo(new Filter.Equal(FormIds.FIELD, "* ]"));
  }

  private static List<String> forms(int count) {
    List<String> forms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      forms.add(FormIds.ofTemplate("template " + i));
    }
    return forms;
  }

  private static Filter parse(String query) {
    return new QueryParser(MutableClock.atNoon()).parse(query);
  }
}

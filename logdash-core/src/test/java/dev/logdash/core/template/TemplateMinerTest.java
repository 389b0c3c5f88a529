package dev.logdash.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateMinerTest {

  private static final String[] PEOPLE = {
    "ada", "grace", "alan", "edsger", "barbara", "donald", "ken", "dennis", "margaret", "linus"
  };

  private final TemplateMiner miner = new TemplateMiner();

  @Test
  void valuesThatShowTheirKindNeedNoEvidence() {
    Template first = miner.mine("order 17 shipped to 10.0.0.1 in 12ms");

    assertThat(first.text()).isEqualTo("order <num> shipped to <ip> in <num>");
    assertThat(miner.mine("order 4 shipped to 10.9.0.1:80 in 1.5s")).isSameAs(first);
  }

  @Test
  void wordsThatVaryBecomeAPlaceholderAsTheyCome() {
    Template narrow = miner.mine("cart of ada was emptied by the janitor");
    assertThat(narrow.text()).isEqualTo("cart of ada was emptied by the janitor");

    for (String person : PEOPLE) {
      miner.mine("cart of " + person + " was emptied by the janitor");
    }

    Template wide = find("cart of ada was emptied by the janitor");
    assertThat(wide.text()).isEqualTo("cart of <*> was emptied by the janitor");
    assertThat(wide.id()).isNotEqualTo(narrow.id());
    assertThat(find("cart of linus was emptied by the janitor")).isEqualTo(wide);
  }

  @Test
  void keywordsStayApart() {
    for (int i = 0; i < 50; i++) {
      miner.mine("worker " + i + " is starting up now");
      miner.mine("worker " + i + " is shutting down now");
      miner.mine("cache of the catalogue enabled:" + (i % 2 == 0));
    }
    miner.settle();

    assertThat(find("worker 1 is starting up now"))
        .isNotEqualTo(find("worker 1 is shutting down now"));
    assertThat(find("cache of the catalogue enabled:true"))
        .isNotEqualTo(find("cache of the catalogue enabled:false"));
  }

  @Test
  void differentKeysAreDifferentStatements() {
    for (int i = 0; i < 20; i++) {
      miner.mine("resize request: width=" + i);
      miner.mine("resize request: height=" + i);
    }
    miner.settle();

    assertThat(find("resize request: width=1").text()).isEqualTo("resize request: width=<num>");
    assertThat(find("resize request: height=1").text()).isEqualTo("resize request: height=<num>");
  }

  @Test
  void aValueOfAKeyMayBeMissing() {
    miner.mine("acquired lock 5 owner=ada.lovelace@example.org lease=none");
    miner.mine("acquired lock 6 owner=ada.lovelace@example.org lease=17");
    miner.settle();

    assertThat(find("acquired lock 7 owner=ada.lovelace@example.org lease=1").text())
        .isEqualTo("acquired lock <num> owner=<email> lease=<*>");
  }

  @Test
  void twoWordsThatVaryTogetherAreFound() {
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      miner.mine("please route the parcel from " + word(random) + " onward to " + word(random));
    }
    miner.settle();

    assertThat(find("please route the parcel from qwe onward to rty").text())
        .isEqualTo("please route the parcel from <*> onward to <*>");
  }

  @Test
  void summariesTellCountsAndValues() {
    for (int i = 1; i <= 100; i++) {
      miner.mine("paid " + i + " for " + PEOPLE[i % 10] + " at the till");
    }
    miner.mine("closed");

    List<TemplateSummary> summaries = miner.summaries();

    assertThat(summaries).hasSize(2);
    TemplateSummary paid = summaries.get(0);
    assertThat(paid.template().text()).isEqualTo("paid <num> for <*> at the till");
    assertThat(paid.count()).isEqualTo(100);
    PlaceholderValues amount = paid.values().get(0);
    assertThat(amount.kind()).isEqualTo(Placeholder.NUM);
    assertThat(amount.count()).isEqualTo(100);
    assertThat(amount.least()).isEqualTo(1);
    assertThat(amount.most()).isEqualTo(100);
    assertThat(amount.mean()).isEqualTo(50.5);
    PlaceholderValues person = paid.values().get(1);
    assertThat(person.kind()).isEqualTo(Placeholder.ANY);
    assertThat(person.count()).isEqualTo(100);
    assertThat(person.distinct()).isBetween(9L, 11L);
    assertThat(summaries.get(1).count()).isEqualTo(1);
  }

  @Test
  void aTemplateOfVeryManyFormsCountsOn() {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      miner.mine("login refused: account " + word(random) + word(random) + " has no role");
    }

    assertThat(miner.forms()).isLessThan(400);
    assertThat(miner.forgotten()).isZero();
    List<TemplateSummary> summaries = miner.summaries();
    assertThat(summaries).hasSize(1);
    assertThat(summaries.get(0).count()).isEqualTo(20_000);
    assertThat(summaries.get(0).template().text())
        .isEqualTo("login refused: account <*> has no role");
    assertThat(summaries.get(0).values().get(0).count()).isEqualTo(20_000);
    assertThat(summaries.get(0).values().get(0).distinct()).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfMessagesDoesNotCount(long seed) {
    List<String> messages = traffic(new Random(seed), 1_500);
    messages.forEach(miner::mine);
    List<String> shuffled = new ArrayList<>(messages);
    Collections.shuffle(shuffled, new Random(seed));
    TemplateMiner other = new TemplateMiner();
    shuffled.forEach(other::mine);

    miner.settle();
    other.settle();

    for (String message : messages) {
      assertThat(other.find(message)).isEqualTo(find(message));
    }
    assertThat(counts(other)).isEqualTo(counts(miner));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aRestartChangesNothing(long seed) throws IOException {
    List<String> messages = traffic(new Random(seed), 3_000);
    messages.forEach(miner::mine);
    TemplateMiner restarted = new TemplateMiner();
    for (int i = 0; i < messages.size(); i++) {
      restarted.mine(messages.get(i));
      if (i % 500 == 499) {
        restarted = reloaded(restarted);
      }
    }

    miner.settle();
    restarted.settle();

    for (String message : messages) {
      assertThat(restarted.find(message)).isEqualTo(find(message));
    }
    assertThat(counts(restarted)).isEqualTo(counts(miner));
    assertThat(restarted.lines()).isEqualTo(3_000);
  }

  @Test
  void aTemplateOfVeryManyFormsSurvivesARestart() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      miner.mine("visit of guest=" + word(random) + word(random) + ", room 5 is ready");
    }

    TemplateMiner restarted = reloaded(miner);

    Template before = find("visit of guest=zzz, room 5 is ready");
    assertThat(before.text()).isEqualTo("visit of guest=<*>, room <num> is ready");
    assertThat(restarted.find("visit of guest=zzz, room 5 is ready")).isEqualTo(before);
    assertThat(restarted.summaries().get(0).count()).isEqualTo(2_000);
  }

  @Test
  void aStateThatIsNoneIsRefused() {
    assertThatThrownBy(() -> load("hello, world".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
    byte[] future = {0x4C, 0x44, 0x54, 0x31, 99};
    assertThatThrownBy(() -> load(future))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 99");
  }

  @Test
  void anotherSpellingOfTheSameStatementHasTheSameIdEverywhere() {
    Template here = miner.mine("job 5 done in 7ms");
    TemplateMiner there = new TemplateMiner();
    there.mine("something else");

    assertThat(there.mine("job 77 done in 0x1f")).extracting(Template::id).isEqualTo(here.id());
    assertThat(Template.exact("a.B", "job {} done").id())
        .isEqualTo(Template.exact("a.B", "job {} done").id())
        .isNotEqualTo(Template.exact("a.C", "job {} done").id());
  }

  private Template find(String message) {
    Template template = miner.find(message);
    assertThat(template).as(message).isNotNull();
    return template;
  }

  private static TemplateMiner reloaded(TemplateMiner miner) throws IOException {
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    miner.save(state);
    return load(state.toByteArray());
  }

  private static TemplateMiner load(byte[] state) throws IOException {
    return TemplateMiner.load(new ByteArrayInputStream(state), MinerLimits.DEFAULTS);
  }

  private static Map<Template, Long> counts(TemplateMiner miner) {
    Map<Template, Long> counts = new HashMap<>();
    miner.summaries().forEach(summary -> counts.put(summary.template(), summary.count()));
    return counts;
  }

  /** Messages of statements that are drawn anew for each seed. */
  private static List<String> traffic(Random random, int lines) {
    List<String> vocabulary = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      vocabulary.add(word(random));
    }
    Map<Integer, String[]> statements = new LinkedHashMap<>();
    for (int i = 0; i < 25; i++) {
      String[] words = new String[3 + random.nextInt(8)];
      for (int j = 0; j < words.length; j++) {
        int kind = random.nextInt(8);
        words[j] = kind == 0 ? "#" : kind == 1 ? "%" : vocabulary.get(random.nextInt(60));
      }
      statements.put(i, words);
    }
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      StringBuilder message = new StringBuilder();
      for (String word : statements.get((int) (25 * Math.pow(random.nextDouble(), 2)))) {
        String text =
            word.equals("#")
                ? String.valueOf(random.nextInt(1_000))
                : word.equals("%") ? PEOPLE[random.nextInt(PEOPLE.length)] : word;
        message.append(message.isEmpty() ? "" : " ").append(text);
      }
      messages.add(message.toString());
    }
    return messages;
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      word.append((char) ('g' + random.nextInt(20)));
    }
    return word.toString();
  }
}

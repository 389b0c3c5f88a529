package dev.logdash.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.tck.Notifications;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SlackBlocksTest {

  @SuppressWarnings("unused")
  private static final List<String> TEXTS = Notifications.NAUGHTY;

  private static final String FENCE = "```";

  @Test
  void saysItInBlocks() {
    Map<String, Object> message = message("");

    assertThat(message.get("text").toString())
        .startsWith("[FIRING] checkout errors: error rate &gt; 5 % in 5m (12.4 %)");
    List<Object> blocks = Json.array(message.get("blocks"));
    assertThat(blocks)
        .extracting(block -> Json.object(block).get("type"))
        .containsExactly("header", "section", "section", "section", "section");
    assertThat(text(blocks.get(3)))
        .startsWith(FENCE + "\n11-23 11:59:57.000 ERROR checkout  payment failed for order 7\n")
        .endsWith("\n" + FENCE);
    assertThat(text(blocks.get(4)))
        .isEqualTo(
            "<https://logs.example.com/explore?q=level:error&amp;from=1&amp;to=2|Open in logdash>");
  }

  @ParameterizedTest
  @FieldSource("TEXTS")
  void keepsTextOutOfMarkup(String naughty) {
    Map<String, Object> message = message(naughty);

    assertThat(message.get("mrkdwn")).isEqualTo("false");
    assertThat(message.get("text").toString()).doesNotContain("<", ">").hasSizeLessThan(3_001);
    List<Object> blocks = Json.array(message.get("blocks"));
    assertThat(blocks).hasSize(5);
    for (Object block : blocks.subList(0, 3)) {
      assertPlain(block);
    }
    String lines = text(blocks.get(3));
    assertThat(lines).hasSizeLessThan(3_001).startsWith(FENCE).endsWith(FENCE);
    assertThat(lines.substring(3, lines.length() - 3)).doesNotContain(FENCE, "<", ">");
  }

  @Test
  void cutsBeforeAnEscapeAndBeforeAPair() {
    assertThat(SlackBlocks.escape("a<b", 6)).isEqualTo("a&lt;b");
    assertThat(SlackBlocks.escape("a<bc", 6)).isEqualTo("a&lt;…");
    assertThat(SlackBlocks.escape("a<bc", 5)).isEqualTo("a…");
    assertThat(SlackBlocks.escape("a\uD83D\uDE00b", 3)).isEqualTo("a…");
    assertThat(SlackBlocks.escape("&amp;", 20)).isEqualTo("&amp;amp;");
    assertThat(SlackBlocks.escape("<".repeat(100), 400)).hasSize(400).doesNotContain("…");
  }

  private static void assertPlain(Object block) {
    Map<String, Object> members = Json.object(block);
    boolean header = members.get("type").equals("header");
    if (members.containsKey("text")) {
      Map<String, Object> text = Json.object(members.get("text"));
      assertThat(text).containsEntry("type", "plain_text").containsEntry("emoji", "false");
      assertThat(text.get("text").toString()).hasSizeLessThan(header ? 151 : 3_001);
      return;
    }
    List<Object> fields = Json.array(members.get("fields"));
    assertThat(fields).hasSizeBetween(1, 10);
    for (Object field : fields) {
      assertThat(Json.object(field)).containsEntry("type", "plain_text");
      assertThat(Json.object(field).get("text").toString())
          .doesNotContain("<", ">")
          .hasSizeLessThan(2_001);
    }
  }

  private static String text(Object block) {
    return Json.object(Json.object(block).get("text")).get("text").toString();
  }

  private static Map<String, Object> message(String naughty) {
    byte[] written = new SlackBlocks().write(Notifications.withText("n-1", naughty));
    return Json.object(Json.parse(new String(written, UTF_8)));
  }
}

package dev.logdash.notify;

import dev.logdash.api.alert.Notification;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A notification as blocks of Slack. Text of a notification stands where Slack reads no markup
 * (plain text), or in a preformatted block out of which it cannot break, and escaped in both.
 */
final class SlackBlocks {

  // Slack refuses a whole message for one text over its limit.
  private static final int MAX_HEADER = 150;
  private static final int MAX_FIELD = 2_000;
  private static final int MAX_SECTION = 3_000;
  private static final int FIELDS_IN_A_SECTION = 10;
  private static final String FENCE = "```";

  private final JsonFactory json = new JsonFactory();

  byte[] write(Notification notification) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out =
        json.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      write(notification, out);
    }
    return bytes.toByteArray();
  }

  /** The text with Slack's three escapes; cut before the one that would pass the limit. */
  static String escape(String text, int most) {
    StringBuilder escaped = new StringBuilder(Math.min(text.length() + 16, most));
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      String piece = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : null;
      String next = piece == null ? Character.toString(c) : piece;
      // One character is kept for the ellipsis, unless this is the end.
      int room = most - escaped.length() - (i < text.length() ? 1 : 0);
      if (next.length() > room) {
        return escaped.append('…').toString();
      }
      escaped.append(next);
    }
    return escaped.toString();
  }

  private static void write(Notification notification, JsonGenerator out) {
    String title = Words.title(notification);
    out.writeStartObject();
    // What a lock screen shows, and programs that know no blocks.
    out.writeStringProperty("text", escape(title + " " + Words.summary(notification), MAX_SECTION));
    out.writeBooleanProperty("mrkdwn", false);
    out.writeBooleanProperty("unfurl_links", false);
    out.writeBooleanProperty("unfurl_media", false);
    out.writeArrayPropertyStart("blocks");
    block(out, "header");
    text(out, "text", "plain_text", escape(title, MAX_HEADER));
    out.writeEndObject();
    String note = Words.note(notification);
    section(out, Words.summary(notification) + (note.isEmpty() ? "" : "\n\n" + note));
    facts(out, Words.facts(notification));
    lines(out, Words.lines(notification));
    String link = Words.link(notification);
    if (!link.isEmpty()) {
      block(out, "section");
      text(out, "text", "mrkdwn", "<" + escape(link, MAX_SECTION) + "|Open in logdash>");
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void facts(JsonGenerator out, Map<String, String> facts) {
    List<String> fields = new ArrayList<>();
    facts.forEach((name, value) -> fields.add(name + "\n" + value));
    for (int from = 0; from < fields.size(); from += FIELDS_IN_A_SECTION) {
      block(out, "section");
      out.writeArrayPropertyStart("fields");
      for (String field :
          fields.subList(from, Math.min(fields.size(), from + FIELDS_IN_A_SECTION))) {
        out.writeStartObject();
        plain(out, "plain_text", escape(field, MAX_FIELD));
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void lines(JsonGenerator out, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    // A run of three would end the block; the letter looks the same.
    String text = String.join("\n", lines).replace(FENCE, "ˋˋˋ");
    block(out, "section");
    int room = MAX_SECTION - 2 * (FENCE.length() + 1);
    text(out, "text", "mrkdwn", FENCE + '\n' + escape(text, room) + '\n' + FENCE);
    out.writeEndObject();
  }

  private static void section(JsonGenerator out, String content) {
    block(out, "section");
    text(out, "text", "plain_text", escape(content, MAX_SECTION));
    out.writeEndObject();
  }

  private static void block(JsonGenerator out, String type) {
    out.writeStartObject();
    out.writeStringProperty("type", type);
  }

  private static void text(JsonGenerator out, String name, String type, String content) {
    out.writeObjectPropertyStart(name);
    plain(out, type, content);
  }

  private static void plain(JsonGenerator out, String type, String content) {
    out.writeStringProperty("type", type);
    out.writeStringProperty("text", content);
    // Neither names in colons nor bare addresses of a text become something else.
    out.writeBooleanProperty(type.equals("mrkdwn") ? "verbatim" : "emoji", type.equals("mrkdwn"));
    out.writeEndObject();
  }
}

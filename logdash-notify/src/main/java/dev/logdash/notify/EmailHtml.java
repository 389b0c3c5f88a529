package dev.logdash.notify;

import dev.logdash.api.alert.Notification;
import java.util.List;
import java.util.Map;

/**
 * A notification as a page for mail programs: a table, styles beside the elements since many drop
 * others, and one style sheet for dark screens. It fetches nothing.
 */
final class EmailHtml {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <style>
      :root { color-scheme: light dark; }
      @media (prefers-color-scheme: dark) {
        .page { background: #0f1419 !important; }
        .card { background: #171d24 !important; border-color: #2b343f !important; }
        .strong { color: #e6eaef !important; }
        .weak { color: #9aa7b4 !important; }
        .logs { background: #0f1419 !important; color: #d5dbe2 !important; }
        .button { background: #3b82f6 !important; }
      }
      @media (max-width: 480px) {
        .page { padding: 0 !important; }
        .card { border-radius: 0 !important; }
      }
      </style>
      """;
  private static final String SANS =
      "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
  private static final String MONO =
      "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;";

  private final StringBuilder html = new StringBuilder(8_192).append(HEAD);

  private EmailHtml() {}

  static String of(Notification notification) {
    EmailHtml page = new EmailHtml();
    page.write(notification);
    return page.html.toString();
  }

  private void write(Notification notification) {
    String title = Words.title(notification);
    raw("<title>").text(title).raw("</title></head>\n");
    raw("<body class=\"page\" style=\"margin:0;padding:16px;background:#f3f5f7\">\n");
    raw("<table role=\"presentation\" class=\"card\" width=\"100%\" cellspacing=\"0\"");
    raw(" cellpadding=\"0\" style=\"max-width:640px;margin:0 auto;background:#ffffff;");
    raw("border:1px solid #dde3e9;border-radius:6px\">\n<tr><td style=\"padding:20px;");
    raw(SANS).raw("font-size:14px;line-height:20px\">\n");
    raw("<div style=\"display:inline-block;padding:2px 8px;border-radius:4px;color:#ffffff;");
    raw("font-size:12px;font-weight:600;background:").raw(colour(notification)).raw("\">");
    text(notification.kind().name()).raw("</div>\n");
    raw("<h1 class=\"strong\" style=\"margin:12px 0 4px;font-size:20px;line-height:26px;");
    raw("font-weight:600;color:#17202a;overflow-wrap:anywhere\">");
    text(title.substring(title.indexOf(']') + 1).strip()).raw("</h1>\n");
    raw("<p class=\"weak\" style=\"margin:0 0 16px;color:#5b6875\">");
    text(Words.summary(notification)).raw("</p>\n");
    note(Words.note(notification));
    facts(Words.facts(notification));
    lines(Words.lines(notification));
    link(Words.link(notification));
    raw("</td></tr></table>\n</body></html>\n");
  }

  private void note(String note) {
    if (!note.isEmpty()) {
      raw("<p class=\"strong\" style=\"margin:0 0 16px;color:#17202a;white-space:pre-wrap;");
      raw("overflow-wrap:anywhere\">").text(note).raw("</p>\n");
    }
  }

  private void facts(Map<String, String> facts) {
    raw("<table role=\"presentation\" width=\"100%\" cellspacing=\"0\" cellpadding=\"0\">\n");
    facts.forEach(
        (name, value) -> {
          raw("<tr><td class=\"weak\" valign=\"top\" style=\"padding:3px 16px 3px 0;width:120px;");
          raw("color:#5b6875;").raw(SANS).raw("font-size:13px\">").text(name).raw("</td>");
          raw("<td class=\"strong\" style=\"padding:3px 0;color:#17202a;overflow-wrap:anywhere;");
          raw("word-break:break-word;").raw(SANS).raw("font-size:13px\">");
          text(value).raw("</td></tr>\n");
        });
    raw("</table>\n");
  }

  private void lines(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    raw("<p class=\"weak\" style=\"margin:16px 0 4px;color:#5b6875;font-size:13px\">");
    raw("Newest lines</p>\n");
    raw("<pre class=\"logs\" style=\"margin:0;padding:12px;border-radius:6px;background:#f3f5f7;");
    raw("color:#17202a;white-space:pre-wrap;overflow-wrap:anywhere;word-break:break-word;");
    raw(MONO).raw("font-size:12px;line-height:18px\">");
    text(String.join("\n", lines)).raw("</pre>\n");
  }

  private void link(String link) {
    if (!link.isEmpty()) {
      raw("<p style=\"margin:20px 0 0\"><a class=\"button\" href=\"").text(link);
      raw("\" style=\"display:inline-block;padding:10px 16px;border-radius:6px;color:#ffffff;");
      raw("background:#1f5fc4;text-decoration:none;font-weight:600\">Open in logdash</a></p>\n");
    }
  }

  private static String colour(Notification notification) {
    if (notification.kind() == Notification.Kind.RESOLVED) {
      return "#1b7f4b";
    }
    if (notification.kind() == Notification.Kind.TEST) {
      return "#5b6875";
    }
    switch (notification.urgency()) {
      case CRITICAL:
        return "#b3261e";
      case WARNING:
        return "#9a5b00";
      default:
        return "#1f5fc4";
    }
  }

  /** Markup, which is written here and never comes from a notification. */
  private EmailHtml raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Text, which cannot become markup, between elements or in an attribute. */
  private EmailHtml text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&':
          html.append("&amp;");
          break;
        case '<':
          html.append("&lt;");
          break;
        case '>':
          html.append("&gt;");
          break;
        case '"':
          html.append("&quot;");
          break;
        case '\'':
          html.append("&#39;");
          break;
        default:
          html.append(c);
      }
    }
    return this;
  }
}

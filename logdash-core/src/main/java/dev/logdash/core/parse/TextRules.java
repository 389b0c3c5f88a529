package dev.logdash.core.parse;

import java.util.Locale;

/**
 * Finds which rule of a guard a text tells of: Snort's and Suricata's {@code [1:2010935:3] ET SCAN
 * [**] [Classification: Attempt] [Priority: 2] {TCP} 10.0.0.1:5 -> 10.0.0.2:80}, ModSecurity's
 * {@code [id "942100"] [msg "SQL Injection"] [uri "/a"]}, and fail2ban's {@code [sshd] Ban
 * 10.0.0.1}.
 */
final class TextRules {

  private static final int LONGEST_JAIL = 64;
  private static final String[] ACTIONS = {"Found ", "Ban ", "Unban ", "Restore Ban ", "Ignore "};

  private TextRules() {}

  /** Adds what a text that begins with a bracket tells. */
  static void find(byte[] b, int from, int to, FieldSink sink) {
    int at = Bytes.startsWith(b, from, to, "[**] ") ? from + 5 : from;
    if (Bytes.at(b, at, to) == '[' && Bytes.isDigit(Bytes.at(b, at + 1, to))) {
      signature(b, at + 1, to, sink);
    } else if (at == from
        && (sink.text(Names.LOGGER).startsWith("fail2ban")
            || sink.text(Names.PROCESS).startsWith("fail2ban"))) {
      jail(b, from + 1, to, sink);
    }
  }

  /** Reads the generator, the rule and its version, then its name. */
  private static void signature(byte[] b, int from, int to, FieldSink sink) {
    int rule = Bytes.endOfDigits(b, from, to) + 1;
    int ruleEnd = Bytes.endOfDigits(b, Math.min(rule, to), to);
    int version = ruleEnd + 1;
    int versionEnd = Bytes.endOfDigits(b, Math.min(version, to), to);
    if (ruleEnd <= rule
        || versionEnd <= version
        || b[rule - 1] != ':'
        || b[ruleEnd] != ':'
        || !Bytes.startsWith(b, versionEnd, to, "] ")) {
      return;
    }
    int name = versionEnd + 2;
    int nameEnd = Bytes.indexOf(b, name, to, " [");
    if (nameEnd < 0) {
      return;
    }
    sink.put("rule.id", b, rule, ruleEnd);
    sink.put("rule.version", b, version, versionEnd);
    sink.put("rule.name", b, name, nameEnd);
    int category = Bytes.indexOf(b, nameEnd, to, "[Classification: ");
    int categoryEnd = category < 0 ? -1 : Bytes.indexOf(b, category, to, ']');
    if (categoryEnd > 0) {
      sink.put("rule.category", b, category + 17, categoryEnd);
    }
    int transport = Bytes.indexOf(b, nameEnd, to, " {");
    int transportEnd = transport < 0 ? -1 : Bytes.indexOf(b, transport, to, "} ");
    if (transportEnd > 0) {
      sink.put(Names.TRANSPORT, b, transport + 2, transportEnd);
    }
  }

  private static void jail(byte[] b, int from, int to, FieldSink sink) {
    int close = Bytes.indexOf(b, from, Math.min(to, from + LONGEST_JAIL), ']');
    if (close <= from || Bytes.at(b, close + 1, to) != ' ') {
      return;
    }
    for (String action : ACTIONS) {
      int address = close + 2 + action.length();
      int end = Bytes.startsWith(b, close + 2, to, action) ? Addresses.end(b, address, to) : -1;
      if (end > 0 && (end == to || b[end] == ' ')) {
        sink.put("rule.name", b, from, close);
        sink.put("event.action", action.strip().toLowerCase(Locale.ROOT));
        sink.put(Names.SOURCE_IP, b, address, end);
        return;
      }
    }
  }

  /** Adds what stands behind {@code ModSecurity:} in the error log of a server. */
  static void modSecurity(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.indexOf(b, from, to, "ModSecurity: ") < 0) {
      return;
    }
    item("[id \"", "rule.id", b, from, to, sink);
    item("[msg \"", "rule.name", b, from, to, sink);
    item("[hostname \"", Names.DESTINATION_DOMAIN, b, from, to, sink);
    item("[unique_id \"", "http.request.id", b, from, to, sink);
    int uri = Bytes.indexOf(b, from, to, "[uri \"");
    int end = uri < 0 ? -1 : HttpExchange.closingQuote(b, uri + 6, to);
    if (end > 0 && !sink.contains(Names.URL_ORIGINAL)) {
      Requests.url(b, uri + 6, end, sink);
    }
  }

  private static void item(String begin, String name, byte[] b, int from, int to, FieldSink sink) {
    int open = Bytes.indexOf(b, from, to, begin);
    int value = open + begin.length();
    int end = open < 0 ? -1 : HttpExchange.closingQuote(b, value, to);
    if (end > 0) {
      sink.put(name, b, value, end);
    }
  }
}

package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;
import static dev.logdash.core.parse.Parsed.parsesExactly;

import org.junit.jupiter.api.Test;

class SyslogParserTest {

  @Test
  void readsRfc3164WithAndWithoutPriority() {
    parsesExactly(
        "Mar  7 06:25:46 web-1 sshd[4711]: Accepted key for ada",
        "@timestamp",
        "-03-07T06:25:46Z",
        "host.hostname",
        "web-1",
        "process.name",
        "sshd",
        "process.pid",
        4711L,
        "message",
        "Accepted key for ada");
    parsesExactly(
        "<35>Mar 27 13:06:56 web-1 su: denied",
        "@timestamp",
        "-03-27T13:06:56Z",
        "severity",
        17L,
        "level",
        "error",
        "log.syslog.priority",
        35L,
        "log.syslog.facility.code",
        4L,
        "log.syslog.severity.code",
        3L,
        "host.hostname",
        "web-1",
        "process.name",
        "su",
        "message",
        "denied");
  }

  @Test
  void readsTheTagsThatProgramsWrite() {
    parses("Jan  1 00:00:00 h su(pam_unix)[9]: x", "process.name", "su(pam_unix)");
    parses("Jan  1 00:00:00 h postfix/smtpd[9]: x", "process.name", "postfix/smtpd");
    parses("Jan  1 00:00:00 h syslogd 1.4.1: restart.", "message", "restart.");
    parses("Jan  1 00:00:00 cron[12]: x", "process.name", "cron", "process.pid", 12L);
    parses(
        "Jan  1 00:00:00 h last message repeated 2 times",
        "message",
        "last message repeated 2 times",
        "host.hostname",
        "h");
    parses(
        "2024-05-01T10:00:00.25+02:00 h kernel: [ 1.0] up",
        "@timestamp",
        "2024-05-01T08:00:00.250Z",
        "process.name",
        "kernel");
    parses("<191>Aug  1 14:01:20 fw1: %ASA-6-302013: Built", "host.hostname", "fw1");
    parses("<14>2024-05-01T10:00:00Z h app: x", "@timestamp", "2024-05-01T10:00:00Z");
  }

  @Test
  void readsRfc5424WithStructuredData() {
    parsesExactly(
        "<165>1 2024-05-01T10:00:00.003Z web-1 shop 42 ID47"
            + " [order@32473 id=\"7\" note=\"a \\\"b\\\" \\] c\"][x@1] \u00fcber",
        "@timestamp",
        "2024-05-01T10:00:00.003Z",
        "severity",
        10L,
        "level",
        "notice",
        "log.syslog.priority",
        165L,
        "log.syslog.facility.code",
        20L,
        "log.syslog.severity.code",
        5L,
        "log.syslog.version",
        1L,
        "host.hostname",
        "web-1",
        "process.name",
        "shop",
        "process.pid",
        42L,
        "log.syslog.msgid",
        "ID47",
        "log.syslog.structured_data.order@32473.id",
        "7",
        "log.syslog.structured_data.order@32473.note",
        "a \"b\" ] c",
        "message",
        "\u00fcber");
    parsesExactly(
        "<0>1 - - - - - - \ufeffx",
        "severity",
        24L,
        "level",
        "emergency",
        "log.syslog.priority",
        0L,
        "log.syslog.facility.code",
        0L,
        "log.syslog.severity.code",
        0L,
        "log.syslog.version",
        1L,
        "message",
        "x");
  }

  @Test
  void keepsBrokenSyslogAsText() {
    for (String line :
        new String[] {
          "<192>1 2024-05-01T10:00:00Z h a - - - x",
          "<13>1 2024-05-01T10:00:00Z h a - - [x y=\"z] x",
          "<13>1 yesterday h a - - - x",
          "<13",
          "Feb 30 00:00:00 h a: x"
        }) {
      parsesExactly(line, "message", line);
    }
  }
}

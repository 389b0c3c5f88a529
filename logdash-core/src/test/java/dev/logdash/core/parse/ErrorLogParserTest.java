package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parsesExactly;

import org.junit.jupiter.api.Test;

class ErrorLogParserTest {

  @Test
  void readsBothErrorLogsOfApache() {
    parsesExactly(
        "[Sun Dec 04 04:47:44 2005] [notice] worker ok",
        "@timestamp",
        "2005-12-04T04:47:44Z",
        "severity",
        10L,
        "level",
        "notice",
        "message",
        "worker ok");
    parsesExactly(
        "[Mon Aug 31 09:30:48.958285 2015] [proxy:error] [pid 28:tid 14] (70)Partial:"
            + " [client 2001:db8::7:59307] AH01075: Error in dispatch",
        "@timestamp",
        "2015-08-31T09:30:48.958285Z",
        "severity",
        17L,
        "level",
        "error",
        "module",
        "proxy",
        "process.pid",
        28L,
        "process.thread.id",
        14L,
        "source.ip",
        "2001:db8::7",
        "source.port",
        59307L,
        "error.code",
        "AH01075",
        "message",
        "Error in dispatch");
  }

  @Test
  void readsTheErrorLogOfNginx() {
    parsesExactly(
        "2024/05/01 10:00:00 [error] 8#9: *15 open() failed, client: 10.0.0.1, server: s,"
            + " request: \"GET /a?b HTTP/1.1\", host: \"s\"",
        "@timestamp",
        "2024-05-01T10:00:00Z",
        "severity",
        17L,
        "level",
        "error",
        "process.pid",
        8L,
        "process.thread.id",
        9L,
        "source.ip",
        "10.0.0.1",
        "http.request.method",
        "GET",
        "http.version",
        "1.1",
        "url.original",
        "/a?b",
        "url.path",
        "/a",
        "url.query",
        "b",
        "message",
        "open() failed, client: 10.0.0.1, server: s, request: \"GET /a?b HTTP/1.1\", host: \"s\"");
  }

  @Test
  void readsKlog() {
    parsesExactly(
        "W0505 17:59:40.692994   28133 pod.go:70] evicted",
        "@timestamp",
        "-05-05T17:59:40.692994Z",
        "severity",
        13L,
        "level",
        "W",
        "process.thread.id",
        28133L,
        "log.origin.file.name",
        "pod.go",
        "log.origin.file.line",
        70L,
        "message",
        "evicted");
  }

  @Test
  void readsABareTimeAndBareText() {
    parsesExactly(
        "2024-05-01 10:00:00 started the shop",
        "@timestamp",
        "2024-05-01T10:00:00Z",
        "message",
        "started the shop");
    parsesExactly("nothing to see", "message", "nothing to see");
    parsesExactly("ERROR: gone", "severity", 17L, "level", "ERROR", "message", "ERROR: gone");
    parsesExactly("Error in a sentence", "message", "Error in a sentence");
    parsesExactly("", "message", "");
  }
}

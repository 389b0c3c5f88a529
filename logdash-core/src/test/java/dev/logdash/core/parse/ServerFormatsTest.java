package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;

import org.junit.jupiter.api.Test;

class ServerFormatsTest {

  @Test
  void readsHaproxy() {
    parses(
        "Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} \"GET /index.html HTTP/1.1\"",
        "@timestamp",
        "2009-02-06T12:14:14.655Z",
        "source.ip",
        "10.0.1.2",
        "source.port",
        33317L,
        "haproxy.frontend_name",
        "http-in",
        "haproxy.backend_name",
        "static/srv1",
        "http.response.status_code",
        200L,
        "http.response.body.bytes",
        2750L,
        "http.request.method",
        "GET",
        "url.path",
        "/index.html",
        "event.duration",
        109000000L,
        "process.name",
        "haproxy",
        "severity",
        9L);
    parses(
        "10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0",
        "http.response.body.bytes",
        212L,
        "event.duration",
        5007000000L,
        "source.ip",
        "10.0.1.2");
    parses(
        "10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in http-in/<NOSRV> -1/-1/-1/-1/6001 408 212 - - cR-- 100/89/0/0/0 0/0 \"<BADREQ>\"",
        "http.response.status_code",
        408L,
        "severity",
        13L);
  }

  @Test
  void readsPostgresql() {
    parses(
        "2021-12-03 07:14:48.591 UTC [4913] user=ada,db=shop LOG:  duration: 0.211 ms",
        "@timestamp",
        "2021-12-03T07:14:48.591Z",
        "level",
        "LOG",
        "severity",
        9L,
        "process.pid",
        4913L,
        "user.name",
        "ada",
        "postgresql.log.database",
        "shop",
        "message",
        "duration: 0.211 ms");
    parses(
        "2025-06-05 17:10:04 MSK [608647-3] [local] ada@shop WARNING:  terminating",
        "level",
        "WARNING",
        "severity",
        13L,
        "user.name",
        "ada",
        "postgresql.log.database",
        "shop",
        "message",
        "terminating");
    parses(
        "2024-05-01 10:00:00.123 CET [30291] FATAL:  the database system is shutting down",
        "level",
        "FATAL",
        "process.pid",
        30291L,
        "message",
        "the database system is shutting down");
  }

  @Test
  void readsMysql() {
    parses(
        "2024-05-01T10:00:00.678222Z 0 [Warning] [MY-010068] [Server] CA certificate ca.pem is self signed.",
        "@timestamp",
        "2024-05-01T10:00:00.678222Z",
        "level",
        "Warning",
        "severity",
        13L,
        "process.thread.id",
        0L,
        "error.code",
        "MY-010068",
        "mysql.subsystem",
        "Server",
        "message",
        "CA certificate ca.pem is self signed.");
    parses(
        "2024-05-01T10:00:00.678222Z 1 [Note] Event Scheduler: Loaded 0 events",
        "level",
        "Note",
        "severity",
        10L,
        "message",
        "Event Scheduler: Loaded 0 events");
    parses(
        "2024-05-01T10:00:00.678222Z 0 [System] [MY-010931] [Server] ready for connections",
        "severity",
        9L);
  }

  @Test
  void readsRedis() {
    parses(
        "1:M 24 Apr 2019 12:01:02.123 * Ready to accept connections",
        "@timestamp",
        "2019-04-24T12:01:02.123Z",
        "severity",
        10L,
        "process.pid",
        1L,
        "redis.log.role",
        "M",
        "message",
        "Ready to accept connections");
    parses(
        "4018:C 14 Feb 2021 09:59:00.001 # Warning: no config file",
        "severity",
        13L,
        "process.pid",
        4018L,
        "message",
        "Warning: no config file");
  }

  @Test
  void readsSquid() {
    parses(
        "1525344856.899  16867 10.170.72.111 TCP_TUNNEL/200 6256 CONNECT example.com:443 - HIER_DIRECT/203.0.113.5 -",
        "@timestamp",
        "2018-05-03T10:54:16.899Z",
        "source.ip",
        "10.170.72.111",
        "http.response.status_code",
        200L,
        "http.response.body.bytes",
        6256L,
        "http.request.method",
        "CONNECT",
        "url.original",
        "example.com:443",
        "event.duration",
        16867000000L,
        "squid.cache_status",
        "TCP_TUNNEL");
    parses(
        "1286536310.450    530 192.0.2.68 TCP_MISS/404 1179 GET http://example.com/a?b=1 ada DIRECT/203.0.113.5 text/html",
        "user.name",
        "ada",
        "url.path",
        "/a",
        "url.query",
        "b=1",
        "severity",
        13L);
  }

  @Test
  void readsLoadBalancersOfAmazon() {
    parses(
        "https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 \"GET https://www.example.com:443/a HTTP/1.1\" \"curl/7.46.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:x",
        "@timestamp",
        "2018-07-02T22:23:00.186641Z",
        "aws.elb.name",
        "app/my-loadbalancer/50dc6c495c0c9188",
        "source.ip",
        "192.168.131.39",
        "source.port",
        2817L,
        "destination.ip",
        "10.0.0.1",
        "destination.port",
        80L,
        "http.response.status_code",
        200L,
        "http.response.body.bytes",
        57L,
        "http.request.method",
        "GET",
        "http.version",
        "1.1",
        "url.path",
        "/a",
        "user_agent.original",
        "curl/7.46.0");
    parses(
        "2015-05-13T23:39:43.945958Z my-elb 192.168.131.39:2817 - -1 -1 -1 503 0 0 0 \"GET http://www.example.com:80/ HTTP/1.1\" \"-\" - -",
        "http.response.status_code",
        503L,
        "severity",
        17L,
        "aws.elb.name",
        "my-elb",
        "url.path",
        "/");
  }

  @Test
  void readsCef() {
    parses(
        "CEF:0|Security|threatmanager|1.0|100|worm successfully stopped|10|src=10.0.0.1 spt=1232 dst=2.1.2.2 suser=ada requestMethod=POST request=/a?b rt=1714557600123",
        "@timestamp",
        "2024-05-01T10:00:00.123Z",
        "severity",
        21L,
        "observer.vendor",
        "Security",
        "observer.product",
        "threatmanager",
        "event.code",
        "100",
        "message",
        "worm successfully stopped",
        "source.ip",
        "10.0.0.1",
        "source.port",
        1232L,
        "destination.ip",
        "2.1.2.2",
        "user.name",
        "ada",
        "http.request.method",
        "POST",
        "url.path",
        "/a");
    parses(
        "Sep 19 08:26:10 host CEF:0|a|b|1|100|detected a \\| in message|Low|act=blocked a \\= sign msg=two words here cs1Label=x",
        "cef.name",
        "detected a | in message",
        "severity",
        9L,
        "event.action",
        "blocked a = sign",
        "message",
        "two words here",
        "cs1Label",
        "x",
        "host.hostname",
        "host");
  }

  @Test
  void readsGin() {
    parses(
        "[GIN] 2022/02/07 - 10:49:33 | 401 |     505.317\u00b5s |       10.1.2.3 | POST     \"/client\"",
        "@timestamp",
        "2022-02-07T10:49:33Z",
        "http.response.status_code",
        401L,
        "event.duration",
        505317L,
        "source.ip",
        "10.1.2.3",
        "http.request.method",
        "POST",
        "url.path",
        "/client");
  }

  @Test
  void readsJavaUtilLogging() {
    parses(
        "Oct 30, 2013 1:10:05 PM org.apache.catalina.core.Valve invoke\nSEVERE: Servlet.service() threw\njava.lang.ClassCastException: a\n\tat a.B.c(B.java:1)",
        "@timestamp",
        "2013-10-30T13:10:05Z",
        "severity",
        17L,
        "level",
        "SEVERE",
        "log.logger",
        "org.apache.catalina.core.Valve",
        "log.origin.function",
        "invoke",
        "message",
        "Servlet.service() threw",
        "error.type",
        "java.lang.ClassCastException");
    parses(
        "Oct 30, 2013 12:10:05 AM a.b.Shop buy",
        "@timestamp",
        "2013-10-30T00:10:05Z",
        "log.logger",
        "a.b.Shop");
  }

  @Test
  void readsPythonLogging() {
    parses(
        "WARNING:shop.cart:no stock: 7",
        "severity",
        13L,
        "level",
        "WARNING",
        "log.logger",
        "shop.cart",
        "message",
        "no stock: 7");
    parses("INFO: a: b", "message", "INFO: a: b");
  }

  @Test
  void readsAccessLogsThatBeginWithTheTime() {
    parses(
        "[10/Aug/2018:09:45:56 +0200] 203.0.113.9 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 \"GET /a HTTP/1.1\" 1375",
        "@timestamp",
        "2018-08-10T07:45:56Z",
        "source.ip",
        "203.0.113.9",
        "http.response.body.bytes",
        1375L,
        "url.path",
        "/a");
    parses(
        "[10/Feb/2024:21:23:32 +0100] mx.example.org 192.0.2.1 0.227 \"REPORT /b HTTP/2.0\" 207 125 440",
        "destination.domain",
        "mx.example.org",
        "source.ip",
        "192.0.2.1",
        "http.response.status_code",
        207L,
        "http.response.body.bytes",
        125L,
        "http.request.method",
        "REPORT");
  }

  @Test
  void readsTimesSince1970() {
    parses(
        "[1427925600] CURRENT SERVICE STATE: a;b",
        "@timestamp",
        "2015-04-01T22:00:00Z",
        "message",
        "CURRENT SERVICE STATE: a;b");
    parses(
        "1695668091.895450 execve(\"/tmp/x\", [], []) = 0",
        "@timestamp",
        "2023-09-25T18:54:51.895450Z",
        "message",
        "execve(\"/tmp/x\", [], []) = 0");
  }

  @Test
  void readsJsonOfOtherLoggers() {
    parses(
        "{\"version\":\"1.1\",\"host\":\"web-1\",\"short_message\":\"gone\",\"timestamp\":1714557600.25,\"level\":3,\"_order\":7}",
        "@timestamp",
        "2024-05-01T10:00:00.250Z",
        "severity",
        17L,
        "host.hostname",
        "web-1",
        "message",
        "gone",
        "_order",
        7L);
    parses(
        "{\"name\":\"shop\",\"hostname\":\"web-1\",\"pid\":42,\"level\":40,\"msg\":\"slow\",\"time\":\"2024-05-01T10:00:00.250Z\",\"v\":0}",
        "severity",
        13L,
        "process.pid",
        42L,
        "host.hostname",
        "web-1",
        "message",
        "slow",
        "@timestamp",
        "2024-05-01T10:00:00.250Z");
    parses(
        "{\"level\":30,\"time\":1714557600250,\"pid\":42,\"hostname\":\"web-1\",\"msg\":\"hi\"}",
        "severity",
        9L,
        "@timestamp",
        "2024-05-01T10:00:00.250Z",
        "message",
        "hi");
    parses(
        "{\"MESSAGE\":\"hi\",\"PRIORITY\":\"4\",\"_HOSTNAME\":\"web-1\",\"SYSLOG_IDENTIFIER\":\"shop\",\"_PID\":\"42\",\"__REALTIME_TIMESTAMP\":\"1714557600250000\"}",
        "severity",
        13L,
        "host.hostname",
        "web-1",
        "process.name",
        "shop",
        "process.pid",
        42L,
        "@timestamp",
        "2024-05-01T10:00:00.250Z");
  }
}

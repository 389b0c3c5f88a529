package dev.logdash.core.parse;

import java.util.ArrayList;
import java.util.List;

/** Lines of every format and on the borders between formats. */
final class SampleLines {

  private static final List<String> BORDERS =
      List.of(
          "203.0.113.9 - ada [17/May/2015:10:05:03 +0200] \"GET /a?b=1 HTTP/1.1\" 404 512 \"-\" \"x\"",
          "h.example - - [17/May/2015:10:05:03 +0200] \"POST /a HTTP/1.1\" 200 - \"-\" \"x\" 0.25",
          "Mar  7 06:25:46 web-1 sshd[4711]: Accepted key for ada",
          "Mar  7 06:25:46 web-1 ERROR [main] a.Shop: gone",
          "Mar  7 06:25:46 INFO [main] a.Shop: gone",
          "Mar  7 06:25:46 h x: 10.0.0.1 - - [17/May/2015:10:05:03 +0200] \"GET / HTTP/1.1\" 200 1",
          "<35>Mar 27 13:06:56 web-1 su: denied",
          "<165>1 2024-05-01T10:00:00.003Z web-1 shop 42 ID47 [o@1 id=\"7\" n=\"a\\\"b\"] text",
          "<13>2024-05-01T10:00:00Z web-1 shop: text",
          "2024-05-01T10:00:00.25+02:00 h kernel: [ 1.0] up",
          "2024-05-01T10:00:00.25Z INFO kernel: up",
          "2024-05-01 10:00:00,123 INFO  [main] a.b.Shop: it works",
          "2024-05-01T10:00:00.123Z  WARN 4711 --- [nio-8080-exec-1] a.b.Shop     : it works",
          "2024-05-01 10:00:00 x [17/May/2015:10:05:03 +0200] \"GET / HTTP/1.1\" 200 1",
          "2024-05-01 10:00:00 INFO [17/May/2015:10:05:03 +0200] \"GET / HTTP/1.1\" 200 1",
          "INFO - - [17/May/2015:10:05:03 +0200] \"GET / HTTP/1.1\" 200 1",
          "INFO  [2024-05-01 10:00:00,123] [main] a.b.Shop: it works",
          "[Sun Dec 04 04:47:44 2005] [error] [client 10.0.0.1] gone",
          "[Mon Aug 31 09:30:48.95 2015] [proxy:error] [pid 28:tid 14] [client 10.0.0.1:5] AH01075: x",
          "2024/05/01 10:00:00 [error] 8#9: *15 open() failed, client: 10.0.0.1, server: s",
          "2024/05/01 10:00:00 [error] 8 open() failed",
          "W0505 17:59:40.692994   28133 pod.go:70] evicted",
          "240501 100000 148 INFO dfs.Node$Part: block done",
          "05-01 10:00:00.123  1702  2395 D Window: hidden",
          "{\"@timestamp\":\"2024-05-01T10:00:00Z\",\"level\":\"INFO\",\"msg\":\"a\\u00fc\",\"n\":[1,2]}",
          "{\"a\":{\"b\":1.5e3,\"c\":\"\\ud83d\"},\"stack_trace\":\"a.b.CError: x\\n\\tat y\"}",
          "{not json} a=1",
          "ts=2024-05-01T10:00:00Z level=warn msg=\"slow \\\"cart\\\"\" status=200 dur=0.1ms",
          "2024-05-01 10:00:00 started the shop",
          "1714557600 something",
          "ERROR: gone",
          "Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} \"GET /index.html HTTP/1.1\"",
          "10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0",
          "10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in http-in/<NOSRV> -1/-1/-1/-1/6001 408 212 - - cR-- 100/89/0/0/0 0/0 \"<BADREQ>\"",
          "2021-12-03 07:14:48.591 UTC [4913] user=ada,db=shop LOG:  duration: 0.211 ms",
          "2025-06-05 17:10:04 MSK [608647-3] [local] ada@shop WARNING:  terminating",
          "2024-05-01 10:00:00.123 CET [30291] FATAL:  the database system is shutting down",
          "2024-05-01T10:00:00.678222Z 0 [Warning] [MY-010068] [Server] CA certificate ca.pem is self signed.",
          "2024-05-01T10:00:00.678222Z 1 [Note] Event Scheduler: Loaded 0 events",
          "2024-05-01T10:00:00.678222Z 0 [System] [MY-010931] [Server] ready for connections",
          "1:M 24 Apr 2019 12:01:02.123 * Ready to accept connections",
          "4018:C 14 Feb 2021 09:59:00.001 # Warning: no config file",
          "1525344856.899  16867 10.170.72.111 TCP_TUNNEL/200 6256 CONNECT example.com:443 - HIER_DIRECT/203.0.113.5 -",
          "1286536310.450    530 192.0.2.68 TCP_MISS/404 1179 GET http://example.com/a?b=1 ada DIRECT/203.0.113.5 text/html",
          "2015-05-13T23:39:43.945958Z my-elb 192.168.131.39:2817 - -1 -1 -1 503 0 0 0 \"GET http://www.example.com:80/ HTTP/1.1\" \"-\" - -",
          "CEF:0|Security|threatmanager|1.0|100|worm successfully stopped|10|src=10.0.0.1 spt=1232 dst=2.1.2.2 suser=ada requestMethod=POST request=/a?b rt=1714557600123",
          "Sep 19 08:26:10 host CEF:0|a|b|1|100|detected a \\| in message|Low|act=blocked a \\= sign msg=two words here cs1Label=x",
          "[GIN] 2022/02/07 - 10:49:33 | 401 |     505.317\u00b5s |       10.1.2.3 | POST     \"/client\"",
          "Oct 30, 2013 1:10:05 PM org.apache.catalina.core.Valve invoke\nSEVERE: Servlet.service() threw\njava.lang.ClassCastException: a\n\tat a.B.c(B.java:1)",
          "Oct 30, 2013 12:10:05 AM a.b.Shop buy",
          "WARNING:shop.cart:no stock: 7",
          "INFO: a: b",
          "[10/Aug/2018:09:45:56 +0200] 203.0.113.9 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 \"GET /a HTTP/1.1\" 1375",
          "[10/Feb/2024:21:23:32 +0100] mx.example.org 192.0.2.1 0.227 \"REPORT /b HTTP/2.0\" 207 125 440",
          "[1427925600] CURRENT SERVICE STATE: a;b",
          "1695668091.895450 execve(\"/tmp/x\", [], []) = 0",
          "{\"version\":\"1.1\",\"host\":\"web-1\",\"short_message\":\"gone\",\"timestamp\":1714557600.25,\"level\":3,\"_order\":7}",
          "{\"name\":\"shop\",\"hostname\":\"web-1\",\"pid\":42,\"level\":40,\"msg\":\"slow\",\"time\":\"2024-05-01T10:00:00.250Z\",\"v\":0}",
          "{\"level\":30,\"time\":1714557600250,\"pid\":42,\"hostname\":\"web-1\",\"msg\":\"hi\"}",
          "{\"MESSAGE\":\"hi\",\"PRIORITY\":\"4\",\"_HOSTNAME\":\"web-1\",\"SYSLOG_IDENTIFIER\":\"shop\",\"_PID\":\"42\",\"__REALTIME_TIMESTAMP\":\"1714557600250000\"}",
          "{\"ts\":1714557600.123456,\"uid\":\"Cab1\",\"id.orig_h\":\"10.0.0.9\",\"id.orig_p\":50000,\"duration\":0.5}",
          "__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1714557600123456\n_PID=71\nMESSAGE=hi",
          "{\"log\":\"10.0.0.1 - - [01/May/2024:10:00:00 +0000] \\\"GET / HTTP/1.1\\\" 200 1\\n\","
              + "\"stream\":\"stdout\",\"time\":\"2024-05-01T10:00:01.123456789Z\"}",
          "2024-05-01T10:00:01.5Z stdout F 2024-05-01 10:00:00,123 INFO [main] a.b.Shop - hi",
          "2024-05-01T10:00:01.5Z stderr P {\"level\":\"warn\"}",
          "<13>Oct 11 22:14:15 web-1 shop[42]: {\"level\":\"error\",\"msg\":\"gone\"}",
          "INFO   | jvm 1    | 2015/04/28 18:34:18 | 2015-04-28 18:34:18,872 [main] DEBUG a.S - hi",
          "05-26 14:57:03.870 V/Configuration( 1766): updating",
          "10:00:00.123 [main] DEBUG a.b.Shop - it works",
          "4711 [main] DEBUG a.b.Shop - it works",
          "[2017-11-09T02:12:24Z ERROR main] gone",
          "2024-05-01T10:00:00.123Z | INFO  | w-1 | a.b.Shop | opened | for all",
          "[2025-04-24T19:51:50,262][INFO ][o.o.j.Plugin ] [node-1] Loaded: all",
          "2015-07-29 17:41:44,747 - INFO  [Peer[myid=1]/0:0:2181:Election@774] - timed out: 3",
          "\u00fcber \u4e2d\u6587 \ud83d\ude00",
          "",
          " ",
          "2024-05-01 10:00:00 ERROR a.Shop - x\njava.io.IOException: gone\n\tat a.B.c(B.java:1)\n\t... 5 more",
          "10.0.0.1 - - [17/May/2015:10:05:03 +0200] \"GET / HTTP/1.1\" 200 1\nmore",
          "Mar  7 06:25:46 web-1 sshd[4711]: x\n  y",
          "java.io.IOException: gone\n\tat a.B.c(B.java:1)\nCaused by: a.b.CError");

  /** Those of this class and of the tables. */
  static final List<String> ALL = all();

  private static List<String> all() {
    List<String> all = new ArrayList<>(BORDERS);
    for (String family : FormatTable.FAMILIES) {
      FormatTable.rows(family).forEach(row -> all.add(row.line()));
    }
    return List.copyOf(all);
  }

  private SampleLines() {}
}

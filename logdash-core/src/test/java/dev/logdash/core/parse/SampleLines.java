package dev.logdash.core.parse;

import java.util.List;

/** Lines of every format and on the borders between formats. */
final class SampleLines {

  static final List<String> ALL =
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

  private SampleLines() {}
}

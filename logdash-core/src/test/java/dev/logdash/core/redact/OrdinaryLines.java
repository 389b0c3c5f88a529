package dev.logdash.core.redact;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Lines as servers and services write them, without a secret. */
final class OrdinaryLines {

  private static final List<String> FORMATS =
      List.of(
          "10.%1$d.0.1 - - [25/Nov/2026:12:%2$02d:01 +0000] \"GET /products/%3$d/reviews?page=%2$d HTTP/1.1\" 200 %3$d \"https://shop.example.com/search?q=%1$d\" \"Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0\"",
          "2026-11-25 12:%2$02d:01,%1$03d INFO  [http-nio-8080-exec-%2$d] com.example.shop.order.OrderService: Order %3$d processed for customer %1$d in 7 ms",
          "{\"@timestamp\":\"2026-11-25T12:%2$02d:01.%1$03dZ\",\"level\":\"INFO\",\"logger_name\":\"com.example.Shop\",\"message\":\"Order %3$d processed\",\"trace.id\":\"%4$s%4$s\",\"event.duration\":%5$d}",
          "Nov 25 12:%2$02d:01 host%1$d sshd[%3$d]: Failed password for invalid user admin from 203.0.113.%1$d port %3$d ssh2",
          "ts=2026-11-25T12:%2$02d:01.%1$03dZ level=info msg=\"order %3$d processed\" service=shop attempt=%2$d took=%1$dms id=%4$s",
          "<134>1 2026-11-25T12:%2$02d:01Z host shop %3$d ID%2$d [origin@32473 ip=\"203.0.113.%1$d\"] Order %3$d was accepted",
          "081109 2036%2$02d %1$d INFO dfs.DataNode$PacketResponder: Received block blk_%5$d of size %3$d from /10.250.%1$d.%2$d",
          "\tat org.apache.kafka.clients.consumer.internals.ConsumerCoordinator.onJoinComplete(ConsumerCoordinator.java:%1$d)",
          "time=\"2026-11-25T12:%2$02d:01Z\" level=warning msg=\"image docker.io/library/nginx:1.2%2$d@sha256:%4$s%4$s%4$s%4$s pulled\"",
          "I1125 12:%2$02d:01.%1$06d       1 controller.go:%1$d] \"Reconciled\" pod=\"shop/api-%4$s-x7k2p\" generation=%2$d");

  private OrdinaryLines() {}

  static String next(Random random) {
    return String.format(
        Locale.ROOT,
        FORMATS.get(random.nextInt(FORMATS.size())),
        random.nextInt(256),
        random.nextInt(60),
        random.nextInt(60_000),
        String.format(Locale.ROOT, "%016x", random.nextLong()),
        random.nextLong(10_000_000_000L));
  }
}

package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final int LINES = 20_000;

  @Test
  void linesOfTheCommonFormatsAreParsedWithoutAllocation() {
    for (String line :
        List.of(
            "203.0.113.9 - ada [17/May/2015:10:05:03 +0200] \"GET /a?b=1 HTTP/1.1\" 404 512 \"-\" \"x\"",
            "2024-05-01 10:00:00,123 INFO  [main] a.b.Shop: it works",
            "2024-05-01T10:00:00.123Z  WARN 4711 --- [nio-8080-exec-1] a.b.Shop     : it works",
            "Mar  7 06:25:46 web-1 sshd[4711]: Accepted key for ada",
            "<165>1 2024-05-01T10:00:00.003Z web-1 shop 42 ID47 [o@1 id=\"7\"] text",
            "ts=2024-05-01T10:00:00Z level=warn msg=\"slow cart\" status=200 user=ada",
            "{\"@timestamp\":\"2024-05-01T10:00:00Z\",\"log.level\":\"INFO\",\"message\":\"hi\","
                + "\"ecs.version\":\"1.2.0\",\"service.name\":\"shop\",\"event.dataset\":\"shop\","
                + "\"process.thread.name\":\"main\",\"log.logger\":\"a.Shop\"}",
            "no format fits this")) {
      byte[] bytes = line.getBytes(UTF_8);
      DetectingParser parser = Parsers.detecting();
      FieldSink sink = new FieldSink();
      parseAll(parser, bytes, sink);
      long before = allocated();
      parseAll(parser, bytes, sink);
      // What the measurement itself and the compiler's threads leave is far less than a byte a
      // line.
      assertThat(allocated() - before).as(line).isLessThan(LINES);
    }
  }

  private static void parseAll(DetectingParser parser, byte[] bytes, FieldSink sink) {
    for (int i = 0; i < LINES; i++) {
      sink.clear();
      parser.parse("source", bytes, 0, bytes.length, sink);
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}

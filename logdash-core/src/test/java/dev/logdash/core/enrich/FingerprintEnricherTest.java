package dev.logdash.core.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintEnricherTest {

  private static final String PLAIN =
      """
      shop.StockException: 3 of mug-17 are left
      \tat shop.stock.Stock.take(Stock.java:41)
      \tat shop.order.Orders.place(Orders.java:77)
      \tat java.base/java.lang.Thread.run(Thread.java:840)
      """;

  @Test
  void isTheDocumentedHash() {
    // printf 'shop.StockException\nshop.stock.Stock.take\nshop.order.Orders.place' | sha256sum
    assertThat(of(PLAIN)).isEqualTo("3bc9af06db2e9cc2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // other lines, another message of several lines
        """
        shop.StockException: 1 of jug-2
        is left: at last (really)
        \tat shop.stock.Stock.take(Stock.java:52)
        \tat shop.order.Orders.place(Orders.java:80)
        """,
        // line ends of Windows, and jars as Logback names them
        "shop.StockException: x\r\n"
            + "\tat shop.stock.Stock.take(Stock.java:41) ~[shop-1.2.jar:1.2]\r\n"
            + "\tat shop.order.Orders.place(Orders.java:77) [shop-1.2.jar!/:1.2]\r\n",
        // a module and a class loader
        """
        shop.StockException
        \tat app//shop.stock.Stock.take(Stock.java:41)
        \tat loader/shop@1.0/shop.order.Orders.place(Orders.java:77)
        """,
        // proxies of the JDK and of Spring, old and new, and reflection before and after it is warm
        """
        shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \tat shop.stock.Stock$$FastClassBySpringCGLIB$$1d2c3b4a.invoke(<generated>)
        \tat org.springframework.cglib.proxy.MethodProxy.invoke(MethodProxy.java:218)
        \tat shop.stock.Stock$$EnhancerBySpringCGLIB$$ab12cd34.take(<generated>)
        \tat jdk.proxy2/jdk.proxy2.$Proxy33.take(Unknown Source)
        \tat com.sun.proxy.$Proxy12.take(Unknown Source)
        \tat jdk.internal.reflect.GeneratedMethodAccessor97.invoke(Unknown Source)
        \tat shop.order.Orders.place(Orders.java:77)
        \tat shop.order.Orders$$SpringCGLIB$$0.place(<generated>)
        """,
        // in a thread that nobody catches for
        """
        Exception in thread "order: worker-1" shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \tat shop.order.Orders.place(Orders.java:77)
        """,
        // the cause of another, with the frames in common left out, as the JDK and Logback do it
        """
        shop.OrderFailed: order 5
        \tat shop.web.Orders.refuse(Orders.java:9)
        \tat shop.order.Orders.place(Orders.java:82)
        Caused by: shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \t... 1 more
        """,
        """
        shop.OrderFailed: order 5
        \tat shop.web.Orders.refuse(Orders.java:9)
        \tat shop.order.Orders.place(Orders.java:82)
        Caused by: shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \t... 1 common frames omitted
        """,
        // with another one suppressed, which has a cause of its own
        """
        shop.OrderFailed: order 5
        \tat shop.order.Orders.place(Orders.java:82)
        \tSuppressed: java.io.IOException: close
        \t\tat shop.Connection.close(Connection.java:1)
        \tCaused by: java.net.SocketException: gone
        \t\tat shop.Socket.shut(Socket.java:2)
        Caused by: shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \t... 1 more
        """,
        // the root cause first
        """
        shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \tat shop.order.Orders.place(Orders.java:77)
        Wrapped by: shop.OrderFailed: order 5
        \tat shop.web.Orders.refuse(Orders.java:9)
        """,
        // a method that calls itself
        """
        shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \tat shop.stock.Stock.take(Stock.java:44)
        \tat shop.stock.Stock.take(Stock.java:44)
        \tat shop.order.Orders.place(Orders.java:77)
        """
      })
  void isTheSameForTheSamePlace(String trace) {
    assertThat(of(trace)).isEqualTo(of(PLAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another exception
        """
        shop.PriceException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \tat shop.order.Orders.place(Orders.java:77)
        """,
        // another method
        """
        shop.StockException: x
        \tat shop.stock.Stock.give(Stock.java:41)
        \tat shop.order.Orders.place(Orders.java:77)
        """,
        // another caller
        """
        shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \tat shop.order.Returns.place(Returns.java:77)
        """,
        // the cause of this one counts
        """
        shop.StockException: x
        \tat shop.stock.Stock.take(Stock.java:41)
        \tat shop.order.Orders.place(Orders.java:77)
        Caused by: java.io.IOException: y
        \tat shop.stock.Disk.read(Disk.java:3)
        \t... 2 more
        """
      })
  void differsForAnotherPlace(String trace) {
    assertThat(of(trace)).isNotEmpty().isNotEqualTo(of(PLAIN));
  }

  @Test
  void doesNotCountLambdasAndAnonymousClasses() {
    String before =
        """
        java.lang.IllegalStateException: x
        \tat shop.Job.lambda$run$3(Job.java:12)
        \tat shop.Job$$Lambda$14/0x0000000800c03000.run(Unknown Source)
        \tat shop.Job$2.call(Job.java:20)
        \tat shop.Job$Step.go(Job.java:30)
        \tat shop.Job.access$000(Job.java:1)
        """;
    String after =
        """
        java.lang.IllegalStateException: x
        \tat shop.Job.lambda$run$7(Job.java:19)
        \tat shop.Job$$Lambda/0x00007f1c8400a000.run(Unknown Source)
        \tat shop.Job$$Lambda$9/1234567.run(Unknown Source)
        \tat shop.Job$5.call(Job.java:28)
        \tat shop.Job$Step.go(Job.java:31)
        """;

    assertThat(of(before)).isNotEmpty().isEqualTo(of(after));
    assertThat(of(before)).isNotEqualTo(of(after.replace("lambda$run", "lambda$stop")));
    assertThat(of(before)).isNotEqualTo(of(after.replace("$Step", "$Plan")));
  }

  @Test
  void takesTheFramesOfOthersWhereThereAreNoneOfTheProgram() {
    String pool =
        """
        java.sql.SQLException: time-out
        \tat com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:1)
        \tat java.base/java.lang.Thread.run(Thread.java:840)
        """;

    assertThat(of(pool)).isNotEmpty().isNotEqualTo(of(pool.replace("getConnection", "close")));
  }

  @Test
  void knowsTheProgramByItsPackagesWhereTheyAreGiven() {
    FingerprintEnricher only = new FingerprintEnricher(new InAppFrames(List.of("shop.order.")));
    String other = PLAIN.replace("shop.stock.Stock.take", "shop.stock.Shelf.pick");

    assertThat(of(only, PLAIN, "")).isEqualTo(of(only, other, ""));
    assertThat(of(PLAIN)).isNotEqualTo(of(other));
  }

  @Test
  void goesByTheTypeWhereTheVirtualMachineLeftTheFramesOut() {
    String trace = "java.lang.NullPointerException";

    assertThat(of(STANDARD, trace, trace)).isNotEmpty();
    assertThat(of(STANDARD, trace + ": x", trace)).isEqualTo(of(STANDARD, trace, trace));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nValueError: x",
        "TypeError: x is not a function\n    at Object.place (/srv/a.js:1:2)",
        "goroutine 1 [running]:\nmain.main()\n\t/srv/main.go:5 +0x1d",
        "panic: x",
        "\n\n",
        "at the (end"
      })
  void leavesTracesOfOtherLanguagesAlone(String trace) {
    assertThat(of(STANDARD, trace, "TypeError")).isEmpty();
  }

  @Test
  void doesNotTakeATypeOfPythonForTheWholeTrace() {
    String trace = "Traceback (most recent call last):\n  File \"a.py\", line 3\nshop.CartError: x";

    assertThat(of(STANDARD, trace, "shop.CartError")).isEmpty();
  }

  @Test
  void keepsAFingerprintThatIsThere() {
    Attributes given =
        Attributes.builder()
            .put(EcsFields.STACK_TRACE, PLAIN)
            .put(FingerprintEnricher.FIELD, "mine")
            .build();

    LogEvent event = STANDARD.enrich(LogEvent.builder("e").attributes(given).build());

    assertThat(event.attributes()).isEqualTo(given);
  }

  @Test
  void isBoundedForATraceThatIsMadeToGrow() {
    StringBuilder trace = new StringBuilder("a.B: x\n");
    for (int i = 0; i < 2_000; i++) {
      trace.append("\tat a.B.m").append(i).append("(B.java:1)\n");
    }
    for (int i = 0; i < 20_000; i++) {
      trace.append("Caused by: a.C: y\n\t... 999 more\n\t... 999 more\n");
    }

    StackTrace parsed = StackTrace.parse(trace.toString());

    assertThat(parsed.frames()).hasSizeLessThanOrEqualTo(1_024);
    assertThat(parsed.type()).isEqualTo("a.C");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at x\n", "at a.b(\n", "at (\n", "Caused by: Exception in thread \"\n"})
  @Timeout(10)
  void takesTimeInProportionToTheTrace(String line) {
    String trace = "a.B: x\n" + line.repeat((4 << 20) / line.length());

    assertThat(of(trace)).isEmpty();
  }

  private static final FingerprintEnricher STANDARD =
      new FingerprintEnricher(new InAppFrames(List.of()));

  private static String of(String trace) {
    return of(STANDARD, trace, "");
  }

  private static String of(FingerprintEnricher enricher, String trace, String type) {
    Attributes.Builder attributes = Attributes.builder().put(EcsFields.STACK_TRACE, trace);
    if (!type.isEmpty()) {
      attributes.put(EcsFields.ERROR_TYPE, type);
    }
    LogEvent event = LogEvent.builder("e").attributes(attributes.build()).build();
    return enricher.enrich(event).attributes().text(FingerprintEnricher.FIELD);
  }
}

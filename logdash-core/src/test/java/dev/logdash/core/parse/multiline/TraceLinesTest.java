package dev.logdash.core.parse.multiline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceLinesTest {

  private static final String LOG = "2024-05-01 10:00:00 ERROR order failed";
  private static final String NEXT = "2024-05-01 10:00:01 INFO next";

  @Test
  void joinsPythonWithWhatItRaised() {
    List<String> chained =
        List.of(
            "Traceback (most recent call last):",
            "  File \"shop.py\", line 7, in buy",
            "    cart.pop()",
            "IndexError: pop from empty list",
            "",
            "During handling of the above exception, another exception occurred:",
            "",
            "Traceback (most recent call last):",
            "  File \"shop.py\", line 9, in <module>",
            "shop.errors.CartError: empty",
            "[SQL: select 1]");

    isOneEvent(chained);
    isOneEventBehind(LOG, chained);
    isOneEvent(
        List.of(
            "Traceback (most recent call last):",
            "  File \"a.py\", line 1, in a",
            "KeyboardInterrupt",
            "",
            "The above exception was the direct cause of the following exception:",
            "",
            "Traceback (most recent call last):",
            "  File \"a.py\", line 2, in b",
            "ValueError: bad"));
    assertThat(events("Traceback (most recent call last):", "  File \"a.py\"", "E: x", "E: y"))
        .hasSize(2);
    assertThat(events("Traceback (most recent call last):", NEXT)).hasSize(2);
  }

  @Test
  void joinsGoroutines() {
    List<String> panic =
        List.of(
            "panic: runtime error: index out of range [5] with length 3",
            "[signal SIGSEGV: segmentation violation code=0x1]",
            "",
            "goroutine 1 [running]:",
            "main.(*Shop).Buy(0xc000012345, {0x1, 0x2})",
            "\t/app/shop.go:8 +0x1d",
            "created by main.main in goroutine 1",
            "\t/app/main.go:3 +0x20",
            "",
            "goroutine 7 [chan receive, 3 minutes]:",
            "net/http.(*conn).serve(...)",
            "\t/usr/lib/go/server.go:1 +0x1",
            "exit status 2");

    isOneEvent(panic);
    isOneEventBehind(
        "2024/05/01 10:00:00 http: panic serving 10.0.0.1:1: boom", panic.subList(3, 8));
    assertThat(events("goroutine 7 is done", "main.x()")).hasSize(2);
  }

  @Test
  void joinsTracesOfDotnet() {
    isOneEvent(
        List.of(
            "Unhandled exception. System.InvalidOperationException: no stock",
            " ---> System.IO.IOException: gone",
            "   at Shop.Disk.Read() in /src/Disk.cs:line 4",
            "   --- End of inner exception stack trace ---",
            "   at Shop.Cart.Buy() in /src/Cart.cs:line 12",
            "--- End of stack trace from previous location ---",
            "   at Shop.Program.Main()"));
    isOneEventBehind(
        LOG, List.of("System.InvalidOperationException: no stock", "   at Shop.Cart.Buy()"));
  }

  @Test
  void joinsTracesOfJavaScript() {
    isOneEvent(
        List.of(
            "TypeError: x is not a function",
            "    at buy (/app/shop.js:7:3)",
            "    at async main (file:///app/main.mjs:1:1) {",
            "  code: 'E_CART',",
            "  [cause]: Error: gone",
            "      at read (/app/disk.js:1:2)",
            "}"));
    assertThat(events("x", "}")).hasSize(2);
  }

  @Test
  void joinsTracesOfRuby() {
    isOneEvent(List.of("shop.rb:7:in `buy': no stock (CartError)", "\tfrom shop.rb:9:in `<main>'"));
    isOneEventBehind(
        "E, [2024-05-01T10:00:00 #1] ERROR -- : order failed",
        List.of("app/shop.rb:7:in 'Shop#buy'", "app/main.rb:9:in 'block in run'"));
    isOneEventBehind(LOG, List.of("shop.rb:7:in 'buy': no stock (CartError)", "\tfrom a.rb:1"));
    assertThat(events(LOG, "see shop.rb:7:in 'buy'")).hasSize(2);
  }

  @Test
  void joinsTracesOfPhp() {
    isOneEvent(
        List.of(
            "PHP Fatal error:  Uncaught Exception: no stock in /app/shop.php:12",
            "Stack trace:",
            "#0 /app/shop.php(20): buy()",
            "#1 [internal function]: call()",
            "#2 {main}",
            "",
            "Next LogicException: order failed in /app/shop.php:15",
            "Stack trace:",
            "#0 {main}",
            "  thrown in /app/shop.php on line 15"));
    isOneEvent(
        List.of(
            "[2024-05-01 10:00:00] production.ERROR: no stock {\"exception\":\"[object] (E(code: 0)",
            "[stacktrace]",
            "#0 /app/shop.php(20): buy()",
            "#1 {main}",
            "\"} "));
    assertThat(events(LOG, "#1 of the list", "#2 (of) 7")).hasSize(3);
  }

  @Test
  void endsATraceWhereAnotherLineComes() {
    assertThat(events(LOG, "\tat a.B.c(B.java:1)", NEXT, "\tat a.B.c(B.java:1)"))
        .containsExactly(LOG + "\n\tat a.B.c(B.java:1)", NEXT + "\n\tat a.B.c(B.java:1)");
    assertThat(events(LOG, "Traceback (most recent call last):", "  File \"a\"", NEXT, "E: x"))
        .hasSize(3);
    assertThat(events(LOG, "", NEXT)).hasSize(3);
    assertThat(events("{\"a\":1}", "\tat a.B.c(B.java:1)")).hasSize(2);
  }

  private static void isOneEvent(List<String> lines) {
    assertThat(joined(lines)).containsExactly(String.join("\n", lines));
    List<String> more = new ArrayList<>(lines);
    more.add(NEXT);
    assertThat(joined(more)).containsExactly(String.join("\n", lines), NEXT);
  }

  private static void isOneEventBehind(String first, List<String> lines) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(lines);
    isOneEvent(all);
  }

  private static List<String> events(String... lines) {
    return joined(List.of(lines));
  }

  private static List<String> joined(List<String> lines) {
    List<String> events = new ArrayList<>();
    int state = TraceLines.END;
    for (String line : lines) {
      // Bytes around the line that must not be looked at.
      byte[] bytes = ("'" + line + "{)").getBytes(UTF_8);
      int to = bytes.length - 2;
      int next = state == TraceLines.END ? TraceLines.END : TraceLines.next(state, bytes, 1, to);
      if (next == TraceLines.END) {
        events.add(line);
        state = TraceLines.begin(bytes, 1, to);
      } else {
        events.set(events.size() - 1, events.get(events.size() - 1) + '\n' + line);
        state = next;
      }
    }
    return events;
  }
}

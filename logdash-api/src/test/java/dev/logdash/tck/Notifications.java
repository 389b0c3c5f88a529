package dev.logdash.tck;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.event.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notifications for tests. */
public final class Notifications {

  /** Texts that do something where they are taken for more than text. */
  public static final List<String> NAUGHTY =
      List.of(
          "${jndi:ldap://127.0.0.1:1/a} %{x} #{T(java.lang.Runtime)} {{7*7}} $1 %s %n",
          "<script>alert(1)</script><img src=x onerror=alert(1)>",
          "\"'><a href=\"javascript:alert(1)\">x</a>",
          "</pre></td></table><style>*{display:none}</style><!--",
          "<!channel> <@U123> <!subteam^S1|x> <https://evil.example|click> @here &lt;!here&gt;",
          "``` *bold* _it_ ~no~ `x` :fire: > quote",
          "a\r\nX-Injected: 1\r\n\r\nBcc: eve@evil.example",
          "a\nBcc: eve@evil.example\n.\nQUIT\n",
          "=?UTF-8?Q?=0D=0ABcc:_eve@evil.example?=",
          "\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007x\u001b]8;;\u0007",
          "user\u202Egpj.exe \u2066x\u2069 a\u200Bb \uFEFF\u0000\u0007\u007F\u0085\u2028",
          "half \uD800 pair \uDC00, \uD83D\uDE00 whole, 日本 Zoë e\u0301",
          "{\"a\":\"b\"}]},\\u0000\\",
          "x".repeat(100_000),
          ".",
          "");

  private static final Instant NOON = Instant.ofEpochSecond(0, LogEvents.NOON);

  private Notifications() {}

  /** An error rate of 12.4 % in one route of the checkout, with three lines. */
  public static Notification firing(String id) {
    return of(id, Notification.Kind.FIRING, "");
  }

  /** The same, five minutes later, when it is over. */
  public static Notification resolved(String id) {
    return of(id, Notification.Kind.RESOLVED, "");
  }

  /** Has a text in each field that may have any. */
  public static Notification withText(String id, String text) {
    return of(id, Notification.Kind.FIRING, text);
  }

  /** Leads to an address. */
  public static Notification linked(String id, String address) {
    return of(id, Notification.Kind.FIRING, "", address);
  }

  private static Notification of(String id, Notification.Kind kind, String text) {
    return of(id, kind, text, "https://logs.example.com/explore?q=level:error&from=1&to=2");
  }

  private static Notification of(String id, Notification.Kind kind, String text, String address) {
    Map<String, String> group = new LinkedHashMap<>();
    group.put("route" + text, "/pay" + text);
    boolean over = kind == Notification.Kind.RESOLVED;
    return new Notification(
        id,
        kind,
        "checkout errors" + text,
        "episode-1" + text,
        false,
        Notification.Urgency.CRITICAL,
        group,
        "error rate > 5 % in 5m" + text,
        12.4,
        NOON,
        over ? NOON.plus(Duration.ofMinutes(5)) : NOON,
        "service:checkout level:error" + text,
        NOON.minus(Duration.ofMinutes(5)),
        NOON,
        URI.create(address),
        1_234,
        List.of(
            line(3, "payment failed for order 7" + text, text),
            line(2, "payment failed for order 6\n\tat a.B.c(B.java:1)", text),
            line(1, "payment failed for order 5", text)),
        "Look at the payment provider first." + text);
  }

  private static Notification.Line line(int secondsBefore, String text, String more) {
    return new Notification.Line(
        NOON.minusSeconds(secondsBefore), "checkout" + more, Severity.ERROR, text);
  }
}

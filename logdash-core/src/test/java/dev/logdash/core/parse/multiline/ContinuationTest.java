package dev.logdash.core.parse.multiline;

import static dev.logdash.core.parse.multiline.Continuation.CAUSE;
import static dev.logdash.core.parse.multiline.Continuation.EXCEPTION;
import static dev.logdash.core.parse.multiline.Continuation.FRAME;
import static dev.logdash.core.parse.multiline.Continuation.INDENTED;
import static dev.logdash.core.parse.multiline.Continuation.NONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContinuationTest {

  @Test
  void tellsTheLinesOfATraceFromOthers() {
    is(FRAME, "\tat a.B.c(B.java:1)", "    at java.base/x.Y.z(Y.java:2)", "\t... 5 more");
    is(FRAME, "... 12 common frames omitted");
    is(CAUSE, "Caused by: a.b.C: x", "\tSuppressed: a.b.C", "Suppressed: a.b.C");
    is(EXCEPTION, "java.lang.IllegalStateException: request 26 failed", "a.b.FooError");
    is(EXCEPTION, "a.b.Outer$InnerException: x", "Exception in thread \"main\" a.b.FooError: x");
    is(EXCEPTION, "java.io.IOException\r");
    is(INDENTED, "  from cart", "\t", " ");
    is(NONE, "", "at noon", "...", "... more", "2024-05-01 10:00:00 x", "Error: x", "fooError: x");
    is(NONE, "a.b.c.FooError is bad", "1.2.3.FooError: x", "Exception in thread", "a.b.exception");
    is(NONE, "a.b." + "c".repeat(2_000) + "Error: x");
  }

  @Test
  void knowsARecordThatIsComplete() {
    assertThat(complete("{\"a\":{\"b\":\"}\\\"\"}}")).isTrue();
    assertThat(complete(" {\"a\":[1]} \r")).isTrue();
    assertThat(complete("{")).isFalse();
    assertThat(complete("{\"a\":\"}")).isFalse();
    assertThat(complete("{\"a\":1} {\"b\":2}")).isFalse();
    assertThat(complete("2024-05-01 10:00:00 {\"a\":1}")).isFalse();
    assertThat(complete("")).isFalse();
  }

  private static boolean complete(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return Continuation.isComplete(bytes, 0, bytes.length);
  }

  private static void is(Continuation expected, String... lines) {
    for (String line : lines) {
      byte[] bytes = (line + "at x").getBytes(UTF_8);
      assertThat(Continuation.of(bytes, 0, bytes.length - 4)).as(line).isEqualTo(expected);
    }
  }
}

package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.tck.Notifications;
import org.junit.jupiter.api.Test;

class VisibleTextTest {

  @Test
  void showsWhatWouldActInsteadOfBeingSeen() {
    assertThat(VisibleText.line("a\u001b[31mb")).isEqualTo("a␛[31mb");
    assertThat(VisibleText.line("a\0b\rc\nd\te\u007F")).isEqualTo("a␀b␍c␊d␉e␡");
    assertThat(VisibleText.line("a\u0085\u009Bb")).isEqualTo("a\\u{85}\\u{9B}b");
    assertThat(VisibleText.line("a\u202Eb\u2066c\u200Bd\uFEFF"))
        .isEqualTo("a\\u{202E}b\\u{2066}c\\u{200B}d\\u{FEFF}");
    assertThat(VisibleText.line("a\u2028b\uDB40\uDC41c")).isEqualTo("a\\u{2028}b\\u{E0041}c");
    assertThat(VisibleText.line("a\uD800b\uDC00c")).isEqualTo("a\uFFFDb\uFFFDc");
  }

  @Test
  void leavesAllElse() {
    String text = "Zoë 日本 \uD83D\uDE00 e\u0301 <b>&amp; ${x} \\n";

    assertThat(VisibleText.line(text)).isEqualTo(text);
    assertThat(VisibleText.block(text)).isEqualTo(text);
  }

  @Test
  void keepsTheLinesOfABlock() {
    assertThat(VisibleText.block("a\r\n\tb\rc\n")).isEqualTo("a\n\tb␍c\n");
  }

  @Test
  void cutsNoPair() {
    assertThat(VisibleText.cut("abcd", 4)).isEqualTo("abcd");
    assertThat(VisibleText.cut("abcde", 4)).isEqualTo("abc…");
    assertThat(VisibleText.cut("ab\uD83D\uDE00e", 4)).isEqualTo("ab…");
  }

  @Test
  void linksNothingButTheWeb() {
    assertThat(Words.link(Notifications.firing("n-1"))).startsWith("https://logs.example.com/");
    for (String address : new String[] {"javascript:alert(1)", "data:text/html,x", "/explore"}) {
      assertThat(Words.link(Notifications.linked("n-1", address))).as(address).isEmpty();
    }
  }
}

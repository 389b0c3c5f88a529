package dev.logdash.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageMaskerTest {

  private final MessageMasker masker = new MessageMasker();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "took 12 ms | took <num> ms",
        "took 12ms, load 0.75 of -3 | took <num>, load <num> of <num>",
        "at 4.30E-5 and 1.2.3 | at <num> and <num>",
        "free 5.2 KB of 12 GB | free <num> of <num>",
        "lasted <1 sec | lasted <<num>",
        "speed **** rpm | speed <num> rpm",
        "order-17 of user_42 | order-<num> of user_<num>",
        "block blk_-17 | block blk_<num>",
        "range 10-20 | range <num>-<num>",
        "flags=0x1F mask=7fa3b2 | flags=<hex> mask=<hex>",
        "the facade decade | the facade decade",
        "from 10.0.0.1:8080 to /10.0.0.2 | from <ip> to /<ip>",
        "300.1.2.3 is a version | <num> is a version",
        "from ::1 and fe80::1:2 | from ::<num> and <ip>",
        "from 2001:db8::8a2e:370:7334 | from <ip>",
        "mac 02:42:ac:11:00:02 | mac <mac>",
        "id 123e4567-e89b-12d3-a456-426614174000. | id <uuid>.",
        "open /var/log/syslog: gone | open <path>: gone",
        "open (/etc/hosts), C:\\Windows\\x.dll | open (<path>), <path>",
        "read/write and PIIX/ICH | read/write and PIIX/ICH",
        "get https://example.com/a?b=1, done | get <url>, done",
        "mail for ada@example.com. | mail for <email>.",
        "root@localhost | root@localhost",
        "from db1.example.com down | from <name> down",
        "call a.b.c.Service.run(x) | call <name>(x)",
        "java.io.IOException: gone | java.io.IOException: gone",
        "java.io.tmpdir=/tmp | java.io.tmpdir=<path>",
        "ends.here and f.init() | ends.here and f.init()",
        "at 2026-11-30 10:50:25,123 | at <time>",
        "at 2026-11-30T10:50:25.1Z and 10:50 | at <time> and <time>",
        "on Tue Feb 10 04:05:06 2026 | on <time>",
        "on Feb  3 12:13:14, 1/2/2026 | on <time>, <time>",
        "Mon is a day and May a month | Mon is a day and May a month",
        "tag=\"Big Door\" x | tag=\"<quoted>\" x",
        "user 'ada' isn't 'bob' | user '<quoted>' isn't '<quoted>'",
        "{\"a\":\"b c\"} | {\"a\":\"<quoted>\"}",
        "\"GET /a/b HTTP/1.1\" 200 \"-\" | \"GET <path> HTTP/<num>\" <num> \"<quoted>\"",
        "key a8Kd93kfQ2z used | key <id> used",
        "ids 1,2,3,4,5 end | ids <num>,<num> end",
        "del blk_1 blk_2 blk_3 blk_4 | del blk_<num> blk_<num>",
        "fans 1, 2, 3, 4 end | fans <num>, <num> end",
        "größe 5 naïve ñandú | größe <num> naïve ñandú",
      })
  void masksWhatShowsItsKind(String message, String masked) {
    assertThat(mask(message)).isEqualTo(masked);
  }

  @Test
  void onlyTheFirstLineCountsAndBlanksAreOne() {
    assertThat(mask("  \t two   words \r\n\tat a.b.C(C.java:1)")).isEqualTo("two words");
    assertThat(mask("")).isEmpty();
    assertThat(mask(" \n x")).isEqualTo("x");
  }

  @Test
  void valuesAreTheTextsBehindThePlaceholdersInTheirOrder() {
    MaskedText text =
        masker.mask("user 'ada' from 10.0.0.1 at db1.example.com:80 took 1.5 s, ids 1,2,3,4");

    assertThat(values(text))
        .containsExactly("ada", "10.0.0.1", "db1.example.com", "80", "1.5", "1", "2");
  }

  @Test
  void ofALongMessageTheBeginningCounts() {
    assertThat(mask("abcdefghi ".repeat(1_000))).hasSize(MaskedText.MOST_CHARS);
    assertThat(mask("7 x ".repeat(5_000))).startsWith("<num> x <num> x");
    assertThat(masker.mask("7 x ".repeat(5_000)).values).isEqualTo(MaskedText.MOST_VALUES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 127, 128, 200, 2_000, 20_000})
  void emptyQuotationMarksBecomeLonger(int times) {
    assertThat(mask("\"\" ".repeat(times))).startsWith("\"<quoted>\"");
    assertThat(mask("a''".repeat(times))).startsWith("a''");
    assertThat(mask("=''".repeat(times))).startsWith("='");
  }

  @Test
  void aMessageCannotForgeAPlaceholder() {
    assertThat(mask("a " + Placeholder.NUM.mark() + " b")).isEqualTo("a \uFFFD b");
  }

  private static List<String> values(MaskedText text) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < text.values; i++) {
      int start = text.valueStart(i);
      values.add(new String(text.in, start, text.valueEnd(i) - start));
    }
    return values;
  }

  private String mask(String message) {
    return Labels.of(new String(masker.mask(message).copy()));
  }
}

package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampScannerTest {

  private final TimestampScanner scanner = new TimestampScanner();

  @Test
  void readsIsoAndItsVariants() {
    reads("2024-02-29T10:11:12Z", "2024-02-29T10:11:12Z");
    reads("2024-02-29T10:11:12.5+02:00", "2024-02-29T08:11:12.500Z");
    reads("2024-02-29 10:11:12,123456789-0030", "2024-02-29T10:41:12.123456789Z");
    reads("2024-02-29T10:11:12.1234567891Z", "2024-02-29T10:11:12.123456789Z");
    reads("2024/02/29 10:11:12 UTC", "2024-02-29T10:11:12Z");
    reads("2024-02-29 10:11:12 +0100", "2024-02-29T09:11:12Z");
    reads("20240229T101112Z", "2024-02-29T10:11:12Z");
    reads("2024-02-29T10:11", "2024-02-29T10:11:00Z");
    reads("2024-02-29", "2024-02-29T00:00:00Z");
    reads("0001-01-01T00:00:00Z", null);
  }

  @Test
  void readsTheTimesOfServers() {
    reads("10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z");
    reads("19-Oct-2022 05:34:02.425", "2022-10-19T05:34:02.425Z");
    reads("Sun Dec 04 04:47:44 2005", "2005-12-04T04:47:44Z");
    reads("Sun Dec  4 04:47:44.5 2005", "2005-12-04T04:47:44.500Z");
    reads("Sun, 04 Dec 2005 04:47:44 GMT", "2005-12-04T04:47:44Z");
    reads("Mon Oct 11 09:01:35 CEST 2021", "2021-10-11T09:01:35Z");
    reads("17/06/09 20:10:41", "2017-06-09T20:10:41Z");
    reads("081109 203615", "2008-11-09T20:36:15Z");
    reads("31.12.2024 23:59:59", "2024-12-31T23:59:59Z");
    reads("12/31/2024 23:59:59", "2024-12-31T23:59:59Z");
    reads("Dec 16 2019 15:09:49.652-0500", "2019-12-16T20:09:49.652Z");
    reads("Oct 30, 2013 12:10:05 AM", "2013-10-30T00:10:05Z");
    reads("Oct 30, 2013 12:10:05 PM", "2013-10-30T12:10:05Z");
    reads("10/30/2013 1:10:05 pm", "2013-10-30T13:10:05Z");
    reads("10/30/2013-11:10:05.25", "2013-10-30T11:10:05.250Z");
    reads("20250211 13:17:55.023299", "2025-02-11T13:17:55.023299Z");
    reads("Thu, 04 Dec 2008 04:47:44 GMT+0100", "2008-12-04T03:47:44Z");
  }

  @Test
  void readsNumbersSince1970() {
    reads("1700000000", "2023-11-14T22:13:20Z");
    reads("1700000000.25", "2023-11-14T22:13:20.250Z");
    reads("1700000000123", "2023-11-14T22:13:20.123Z");
    reads("1700000000123456", "2023-11-14T22:13:20.123456Z");
    reads("1700000000123456789", "2023-11-14T22:13:20.123456789Z");
    refuses("170000000");
    refuses("9999999999999999999");
  }

  @Test
  void countsTimesWithoutAYearFrom1972() {
    reads("Feb 29 06:55:46", "1972-02-29T06:55:46Z");
    assertThat(scanner.isYearless()).isTrue();
    reads("Dec  1 06:55:46.25", "1972-12-01T06:55:46.250Z");
    assertThat(scanner.isYearless()).isTrue();
    reads("2024-02-29T10:11:12", "2024-02-29T10:11:12Z");
    assertThat(scanner.isYearless()).isFalse();
    assertThat(scanner.isZoneless()).isTrue();
    reads("2024-02-29T10:11:12Z", "2024-02-29T10:11:12Z");
    assertThat(scanner.isZoneless()).isFalse();
  }

  @Test
  void refusesWhatIsNoTime() {
    refuses("2023-02-29T10:11:12Z");
    refuses("2024-13-01T10:11:12Z");
    refuses("2024-00-01T10:11:12Z");
    refuses("2024-01-01T24:11:12Z");
    refuses("2024-01-01T23:60:12Z");
    refuses("2024-01-01T23:59:61Z");
    refuses("2024-01-01Tnoon, then");
    refuses("Feb 30 06:55:46");
    refuses("Foo 30 06:55:46");
    refuses("32/Oct/2000:13:55:36 -0700");
    refuses("10.0.0.1 - - some text");
    refuses("Marching on to the end");
  }

  @Test
  void keepsTimesThatNanosecondsCannotExpressApart() {
    byte[] late = "9999-12-31T23:59:59Z".getBytes(UTF_8);

    assertThat(scanner.scan(late, 0, late.length)).isEqualTo(late.length);
    assertThat(scanner.nanos()).isEqualTo(Long.MAX_VALUE);
  }

  private void reads(String text, String expected) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(scanner.scanWhole(bytes, 0, bytes.length)).as(text).isTrue();
    if (expected == null) {
      assertThat(scanner.nanos()).as(text).isEqualTo(Long.MIN_VALUE);
    } else {
      assertThat(Instant.ofEpochSecond(0, scanner.nanos())).as(text).isEqualTo(expected);
    }
  }

  private void refuses(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(scanner.scanWhole(bytes, 0, bytes.length)).as(text).isFalse();
  }
}

package dev.logdash.core.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentEnricherTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 | Chrome 124.0.0.0, Windows 10,
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.2478.51 | Edge 124.0.2478.51, Windows 10,
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 OPR/109.0.0.0 | Opera 109.0.0.0, Windows 10,
          Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0 | Firefox 125.0, Linux ,
          Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 | Safari 17.4, Mac OS X 10.15.7,
          Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1 | Safari 17.4, iOS 17.4, iPhone
          Mozilla/5.0 (iPad; CPU OS 16_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/124.0 Mobile/15E148 Safari/604.1 | Chrome 124.0, iOS 16.1, iPad
          Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ2A.230505.002) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36 | Chrome 124.0.0.0, Android 13, Pixel 7
          Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36 | Samsung Internet 24.0, Android 10,
          Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0 | Firefox 125.0, Android 14,
          Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 | Chrome 124.0.0.0, Chrome OS 14541.0.0,
          Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko | IE 11.0, Windows 6.1,
          Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1) | IE 8.0, Windows 5.1,
          Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot 2.1,  , Spider
          Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0 Safari/537.36 | bingbot 2.0,  , Spider
          AdsBot-Google (+http://www.google.com/adsbot.html) | AdsBot-Google ,  , Spider
          Baiduspider/2.0 | Baiduspider 2.0,  , Spider
          curl/8.4.0 | curl 8.4.0,  ,
          python-requests/2.31.0 | python-requests 2.31.0,  ,
          Go-http-client/1.1 | Go-http-client 1.1,  ,
          Java/17.0.9 | Java 17.0.9,  ,
          okhttp/4.12.0 | okhttp 4.12.0,  ,
          Apache-HttpClient/5.2.1 (Java/17) | Apache-HttpClient 5.2.1,  ,
          kube-probe/1.29 | kube-probe 1.29,  ,
          Prometheus/2.51.0 | Prometheus 2.51.0,  ,
          Wget/1.21.3 (linux-gnu) | Wget 1.21.3, Linux ,
          shop (robotics@example.com) | shop ,  ,
          """)
  void tellsProgramSystemAndDevice(String original, String expected) {
    Attributes parts = enrich(original);

    assertThat(
            parts.text("user_agent.name")
                + ' '
                + parts.text("user_agent.version")
                + ", "
                + parts.text("user_agent.os.name")
                + ' '
                + parts.text("user_agent.os.version")
                + ", "
                + parts.text("user_agent.device.name"))
        .isEqualToIgnoringWhitespace(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "/",
        " ",
        "Mozilla/",
        "(",
        "Android ",
        "Mac OS X",
        "Android ;",
        "bot",
        "(Linux; Android 1;)"
      })
  void isCalmWithWhatIsNone(String original) {
    assertThat(enrich(original).text("user_agent.original")).isEqualTo(original);
  }

  @Test
  void leavesWhatIsThere() {
    Attributes given =
        Attributes.builder()
            .put("user_agent.original", "curl/8.4.0")
            .put("user_agent.name", "mine")
            .build();

    LogEvent event =
        new UserAgentEnricher().enrich(LogEvent.builder("e").attributes(given).build());

    assertThat(event.attributes().text("user_agent.name")).isEqualTo("mine");
    assertThat(event.attributes().text("user_agent.version")).isEqualTo("8.4.0");
  }

  @Test
  void leavesWhatIsTooLongToBeTrue() {
    assertThat(enrich("curl/8.4.0 " + "x".repeat(1_024)).size()).isEqualTo(1);
  }

  private static Attributes enrich(String original) {
    Attributes given = Attributes.builder().put("user_agent.original", original).build();
    return new UserAgentEnricher()
        .enrich(LogEvent.builder("e").attributes(given).build())
        .attributes();
  }
}

package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactorTest {

  private static final String JWT =
      encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
          + '.'
          + encoded("{\"sub\":\"1234567890\",\"name\":\"A\"}")
          + ".c2lnbmF0dXJlLXdpdGhvdXQtbWVhbmluZw";

  private final Redactor redactor = Redactor.standard();

  @Test
  void masksTheValueBehindAKey() {
    redacts("login password=hunter2 user=ann", "login password=*** user=ann");
    redacts("passwd=x,user=y", "passwd=***,user=y");
    redacts("DB_PASSWORD=s3cr3t!", "DB_PASSWORD=***");
    redacts("PGPASSWORD=abc psql", "PGPASSWORD=*** psql");
    redacts("spring.datasource.password=a b", "spring.datasource.password=*** b");
    redacts("password2=x", "password2=***");
    redacts("user_pwd = x;", "user_pwd = ***;");
    redacts("GET /login?user=a&password=b%26c&x=1", "GET /login?user=a&password=***&x=1");
    redacts("User{name=ann, password=x}", "User{name=ann, password=***}");
    redacts("clientSecret=abc, client_secret=def", "clientSecret=***, client_secret=***");
    redacts(
        "api_key=1 apikey=2 api-key=3 apiKey=4", "api_key=*** apikey=*** api-key=*** apiKey=***");
    redacts("aws_secret_access_key=wJalr/K7", "aws_secret_access_key=***");
    redacts("x private_key=abc", "x private_key=***");
    redacts("token=abcdef", "token=***");
    redacts("JSESSIONID=0A1B2C; session_id=99aabb", "JSESSIONID=***; session_id=***");
    redacts("password=\"a \\\"quoted\\\" b\" next", "password=\"***\" next");
    redacts("password='a b' next", "password='***' next");
    redacts("secret=\"not closed", "secret=\"***");
    redacts("\"password\"=>\"x\"", "\"password\"=>\"***\"");
    redacts("jdbc:h2:mem;USER=sa;PASSWORD=x;A=b", "jdbc:h2:mem;USER=sa;PASSWORD=***;A=b");
  }

  @Test
  void masksTheValueBehindAColon() {
    redacts("password: hunter2", "password: ***");
    redacts("Password : x y", "Password : *** y");
    redacts("api-key: 12", "api-key: ***");
    redacts("token: 9f86d081884c7d65", "token: ***");
    redacts("{'password': 'x', 'n': 1}", "{'password': '***', 'n': 1}");
    redacts("secret:abc", "secret:***");
  }

  @Test
  void masksMembersOfJson() {
    redacts("{\"password\":\"x\",\"a\":1}", "{\"password\":\"***\",\"a\":1}");
    redacts("{\"password\" : \"a\\\"b\\\\\", \"c\":2}", "{\"password\" : \"***\", \"c\":2}");
    redacts("{\"pwd\":12345,\"a\":1}", "{\"pwd\":\"***\",\"a\":1}");
    redacts("{\"cvv\":123}", "{\"cvv\":\"***\"}");
    redacts("{\"access_token\":\"abc\"}", "{\"access_token\":\"***\"}");
    redacts("{\"Authorization\":\"Bearer abc\"}", "{\"Authorization\":\"***\"}");
    redacts("{\"secret\":{\"password\":\"x\"}}", "{\"secret\":{\"password\":\"***\"}}");
  }

  @Test
  void masksEachValueOfAnArrayBehindASecretName() {
    redacts(
        "{\"DB_PASSWORD\":[\"a1\",\"b2\"],\"n\":1}", "{\"DB_PASSWORD\":[\"***\",\"***\"],\"n\":1}");
    redacts(
        "{\"pwd\" : [ \"a\\\"b\", 12345, [\"c\"] , null ] }",
        "{\"pwd\" : [ \"***\", \"***\", [\"***\"] , null ] }");
    redacts("{\"secret\":[\"\",\"x\"],\"a\":[\"y\"]}", "{\"secret\":[\"\",\"***\"],\"a\":[\"y\"]}");
    redacts("{\"secret\":[{\"password\":\"x\"}]}", "{\"secret\":[{\"password\":\"***\"}]}");
    redacts("{\"token\":[1,2],\"secret\":[]}", "{\"token\":[1,2],\"secret\":[]}");
    redacts("{\"password\":[\"a\",\"b", "{\"password\":[\"***\",\"***");
    redacts(
        "{\"m\":\"{\\\"password\\\":[\\\"a\\\",7],\\\"n\\\":[\\\"b\\\"]}\"}",
        "{\"m\":\"{\\\"password\\\":[\\\"***\\\",\\\"***\\\"],\\\"n\\\":[\\\"b\\\"]}\"}");
    // A text in bytes, as a whole.
    redacts("{\"DB_PASSWORD\":[104,105]}", "{\"DB_PASSWORD\":\"***\"}");
    redacts("{\"token\":[104,105,104,105,104,105]}", "{\"token\":\"***\"}");
  }

  @Test
  void masksSecretsInATextThatIsAnArrayOfBytes() {
    String bytes = bytes("pwd=\u00e4\\ \"a\"\u0001\n");
    redacts(
        "{\"MESSAGE\":" + bytes + ",\"a\":1}",
        "{\"MESSAGE\":\"pwd=*** \\\"a\\\"\\u0001\\n\",\"a\":1}");
    redacts(
        "{ \"MESSAGE\" : " + bytes.replace(",", " , ") + "}",
        "{ \"MESSAGE\" : \"pwd=*** \\\"a\\\"\\u0001\\n\"}");
    redacts("{\"MESSAGE\":[\"112\",\"119\",\"100\",\"61\",\"120\"]}", "{\"MESSAGE\":\"pwd=***\"}");
    redacts(
        "{\"m\":\"{\\\"MESSAGE\\\":" + bytes + "}\"}", "{\"m\":\"{\\\"MESSAGE\\\":\\\"***\\\"}\"}");
    for (String other :
        List.of("[]", "[1,300]", "[1,]", "[1 2]", "[1,-2]", bytes("plain \u00ff"))) {
      redacts(
          "{\"MESSAGE\":" + other + ",\"pwd\":\"x\"}",
          "{\"MESSAGE\":" + other + ",\"pwd\":\"***\"}");
    }
    Redacted redacted =
        redactor.redact(("{\"MESSAGE\":" + bytes + "}").getBytes(UTF_8), 0, 12 + bytes.length());
    assertThat(redacted.marked(Map.of())).containsEntry("logdash.redacted", "named-secret");
  }

  private static String bytes(String text) {
    StringBuilder array = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      array.append(array.isEmpty() ? '[' : ',').append(b & 0xff);
    }
    return array.append(']').toString();
  }

  @Test
  void masksMembersOfJsonWithinAJsonString() {
    redacts(
        "{\"message\":\"{\\\"password\\\":\\\"a\\\\\\\"b\\\",\\\"n\\\":1}\"}",
        "{\"message\":\"{\\\"password\\\":\\\"***\\\",\\\"n\\\":1}\"}");
    redacts("{\"m\":\"{\\\"pwd\\\":42}\"}", "{\"m\":\"{\\\"pwd\\\":\\\"***\\\"}\"}");
    redacts("{\"m\":\"password=x\"}", "{\"m\":\"password=***\"}");
    redacts("{\"m\":\"say \\\"password=x\\\" now\"}", "{\"m\":\"say \\\"password=***\\\" now\"}");
    redacts("{\"m\":\"password=\\\"x y\\\"\"}", "{\"m\":\"password=\\\"***\\\"\"}");
  }

  @Test
  void masksElementsOfXml() {
    redacts(
        "<user>ann</user><password>a&amp;b c</password>",
        "<user>ann</user><password>***</password>");
    redacts("<ns:apiKey>0815</ns:apiKey>", "<ns:apiKey>***</ns:apiKey>");
    redacts("{\"m\":\"<secret>x\\n</secret>\"}", "{\"m\":\"<secret>***</secret>\"}");
    redacts("{\"m\":\"<secret>x<\\/secret>\"}", "{\"m\":\"<secret>***<\\/secret>\"}");
    keeps("a List<Token> was made, {\"m\":\"<secret>x\",\"n\":1}");
    keeps("<password></password> </password>x <token>7</token> <secret><a>x</a></secret>");
    keeps("password->next password>7 x.password> <password>null</password>");
  }

  @Test
  void masksHeaders() {
    redacts("Authorization: Bearer abc", "Authorization: ***");
    redacts("curl -H 'Authorization: Token abc' http://x", "curl -H 'Authorization: ***' http://x");
    redacts("Proxy-Authorization: Basic YTpi", "Proxy-Authorization: ***");
    redacts("Cookie: a=b; c=d", "Cookie: ***");
    redacts("Set-Cookie: sid=abc; Path=/; HttpOnly", "Set-Cookie: ***");
    redacts("X-Api-Key: 0815", "X-Api-Key: ***");
    redacts("X-Auth-Token: 0a1b2c3d4e", "X-Auth-Token: ***");
  }

  @Test
  void masksCredentials() {
    redacts("sent bearer abcdefgh12345678", "sent bearer ***");
    redacts("auth Basic dXNlcjpwYXNz ok", "auth Basic *** ok");
    redacts("got " + JWT + " from 1", "got *** from 1");
    redacts("u=\"" + JWT + '"', "u=\"***\"");
    redacts("cut " + JWT.substring(0, 60), "cut ***");
    redacts("GET /t/" + JWT, "GET /t/***");
    redacts("{\"m\":\"x\\n" + JWT + "\"}", "{\"m\":\"x\\n***\"}");
  }

  @Test
  void masksCardNumbers() {
    redacts("card 4111111111111111 paid", "card *** paid");
    redacts("card 4111 1111 1111 1111, ok", "card ***, ok");
    redacts("5500-0000-0000-0004", "***");
    redacts("pan=378282246310005.", "pan=***.");
    redacts("(3782 822463 10005)", "(***)");
    redacts("6011111111111117 30569309025904", "*** ***");
    redacts("{\"pan\":4111111111111111,\"n\":2}", "{\"pan\":\"***\",\"n\":2}");
    redacts("{\"pan\":\"4111111111111111\"}", "{\"pan\":\"***\"}");
    redacts("{\"n\":\":5500 0000 0000 0004, x\"}", "{\"n\":\":***, x\"}");
    redacts("card_number=6212345678901234569", "card_number=***");
    redacts("{\"\":4111111111111111}", "{\"\":\"***\"}");
    redacts("{\"pans\":[4111111111111111,7]}", "{\"pans\":[0,7]}");
    redacts("{\"m\":\"{\\\"pan\\\":4111111111111111}\"}", "{\"m\":\"{\\\"pan\\\":\\\"***\\\"}\"}");
  }

  @Test
  void masksKeysOfServices() {
    redacts("key AKIAIOSFODNN7EXAMPLE used", "key *** used");
    redacts("scope AKIAIOSFODNN7EXAMPLE/20261125/eu-west-1", "scope ***/20261125/eu-west-1");
    redacts("{\"m\":\"line\\nghp_" + "a1".repeat(18) + "\"}", "{\"m\":\"line\\n***\"}");
    redacts("glpat-AbcdefghijAbcdefghij", "***");
    redacts("xoxb-123456789012-1234567890123-AbCdEfGh", "***");
    redacts("ghp_keyABeyAB" + "1".repeat(27), "***");
    keeps("AKIAIOSFODNN7EXAMPLES AKIAiosfodnn7example xAKIAIOSFODNN7EXAMPLE");
    keeps("sk_live_your_secret_key_goes_here hf_tokenizer_configuration_of_model_x");
  }

  @Test
  void masksPrivateKeys() {
    String begin = "-----BEGIN RSA PRIVATE KEY-----";
    String end = "-----END RSA PRIVATE KEY-----";
    redacts("k " + begin + "\nMIIE\n" + end + " x", "k " + begin + "***" + end + " x");
    redacts("{\"m\":\"" + begin + "\\nMIIE\"}", "{\"m\":\"" + begin + "***\"}");
    redacts(
        "{\"m\":\"{\\\"k\\\":\\\"" + begin + "MII\\\"}\"}",
        "{\"m\":\"{\\\"k\\\":\\\"" + begin + "***\\\"}\"}");
    redacts(
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQ", "-----BEGIN PGP PRIVATE KEY BLOCK-----***");
    keeps("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----");
    keeps("-----BEGIN PUBLIC KEY----- MII " + begin);
  }

  @Test
  void masksNumbersOfAccounts() {
    redacts("to DE89370400440532013000.", "to ***.");
    redacts("to GB29 NWBK 6016 1331 9268 19, NO93 8601 1117 947", "to ***, ***");
    redacts("iban=FR1420041010050500013M02606", "iban=***");
    redacts("{\"iban\":\"NL91ABNA0417164300\"}", "{\"iban\":\"***\"}");
    keeps("DE88370400440532013000 DE88 3704 0044 0532 0130 00");
    keeps("DE8937040044053201300 xDE89370400440532013000 ZZ89370400440532013000");
  }

  @Test
  void masksAddressesOfPeopleByChoice() {
    Redactor choice = Redactor.withEmail();
    for (String[] each :
        new String[][] {
          {"from ann.x+y@mail.example.org, 7", "from ***, 7"},
          {"{\"m\":\"a\\nbob@example.com\"}", "{\"m\":\"a\\n***\"}"},
          {"<bob@example.com.>", "<***.>"},
          {
            "a@b ssh://git@host.org/x Object@1a2b3c4d x@1.2.3 @Test",
            "a@b ssh://git@host.org/x Object@1a2b3c4d x@1.2.3 @Test"
          }
        }) {
      assertThat(choice.redact(each[0].getBytes(UTF_8))).asString(UTF_8).isEqualTo(each[1]);
    }
    keeps("from ann@example.org");
  }

  @Test
  void settingsChooseWhetherAddressesAreMasked() {
    byte[] line = "from ann@example.org".getBytes(UTF_8);

    for (String choice : List.of("true", "false")) {
      LogdashConfig config =
          LogdashConfig.of(
              List.of(new ConfigSource("test", Map.of("logdash.redact.email", choice))));

      assertThat(Redactor.of(config).redact(line) == line).isEqualTo(choice.equals("false"));
    }
  }

  @Test
  void masksSignaturesThatLetIn() {
    redacts("/a?sv=1&sig=" + "aB3".repeat(14) + "%3D&x=1", "/a?sv=1&sig=***&x=1");
    keeps("sig=SIGTERM signature=v1 signature: " + "aB3".repeat(14));
  }

  @Test
  void masksPasswordsInUrls() {
    redacts("jdbc:postgresql://ann:pw@db/x", "jdbc:postgresql://ann:***@db/x");
    redacts("redis://:p@ss@h:6379", "redis://:***@h:6379");
    redacts("https://a:b@h/?next=http://c:d@e/", "https://a:***@h/?next=http://c:***@e/");
  }

  @Test
  void takesOnlyItsOwnMaskForAMaskedValue() {
    redacts("password=***abc", "password=***");
    redacts("password=*** abc", "password=*** abc");
    redacts("password: ***abc, ok", "password: ***, ok");
    redacts("password=**", "password=***");
    redacts("password=\"*****\" ok", "password=\"***\" ok");
    redacts("{\"password\":\"***abc\"}", "{\"password\":\"***\"}");
    redacts("Cookie: ***; sid=abc", "Cookie: ***");
    redacts("Authorization: Bearer ***abc", "Authorization: ***");
    redacts("https://a:****@h/ https://a:***b@h/", "https://a:***@h/ https://a:***@h/");
  }

  @Test
  void leavesWhatOnlySoundsSecret() {
    keeps("token_count=5 tokens=512 token=42");
    keeps("passwordless=true password_policy=strict secretary=ann");
    keeps("token expired; the password is wrong");
    keeps("Failed password for root from 10.0.0.1 port 22 ssh2");
    keeps("Unexpected token: ) at line 3");
    keeps("password: incorrect");
    keeps("password=null token=none secret=");
    keeps("{\"password\":null,\"secret\":true,\"token\":12,\"tokens\":[1,2]}");
    keeps("PWD=/home/ann cwd=/x");
    keeps("key=value monkey=x donkey: y keyboard: z");
    keeps("bypass=12345678 compass=north pass=3 fail=4");
    keeps("Basic authentication required, bearer of news");
    keeps("c.e.TokenService: created, o.s.Authorization: denied");
    keeps("http://host:8080/a@b https://example.org/x:y@z");
    keeps("ssh://git@host/x mailto:ann@example.org");
    keeps("pam_unix(passwd:auth): x, pam_unix(chpasswd:auth): y");
    keeps("eyes.on.you eyJ.x.y");
  }

  @Test
  void leavesNumbersThatAreNotCards() {
    keeps("4111111111111112 is one off");
    keeps("1795435200000000000 1795435200000");
    keeps("6212345678901234569 n=6212345678901234569");
    keeps("id-4111111111111111 x4111111111111111 4111111111111111.5 -4111111111111111");
    keeps("order_id=4111111111111111 \"traceId\":\"4111111111111111\" ts:4111111111111111");
    keeps("4111 1111 11111111");
    keeps("9e3779b97f4a7c15f39cc0605cedc834 4111111111111111abcdef");
    keeps("41111111111111111111111111111111");
  }

  @Test
  void answersTheSameArrayWhereNothingIsFound() {
    byte[] line = "GET /index.html 200".getBytes(UTF_8);

    assertThat(redactor.redact(line)).isSameAs(line);
    assertThat(redactor.redact(new byte[0])).isEmpty();
  }

  @Test
  void countsWhatEachDetectorFound() {
    redactor.redact("password=x pwd=y 4111111111111111 http://a:b@c".getBytes(UTF_8));
    redactor.redact(("nothing, and " + JWT).getBytes(UTF_8));

    assertThat(redactor.counts())
        .isEqualTo(
            Map.of(
                "named-secret", 2L,
                "card-number", 1L,
                "url-password", 1L,
                "jwt", 1L,
                "service-key", 0L,
                "private-key", 0L,
                "iban", 0L,
                "credential", 0L));
  }

  @Test
  void takesDetectorsOfOthers() {
    Detector employee =
        new Detector() {
          @Override
          public String name() {
            return "employee";
          }

          @Override
          public boolean isTriggeredBy(int before, int at) {
            return before == 'E' && at == '-';
          }

          @Override
          public void inspect(byte[] text, int at, int start, int end, Findings findings) {
            findings.mask(at + 1, Math.min(end, at + 4));
          }
        };
    Redactor own = new Redactor(List.of(employee));

    assertThat(own.redact("by E-123, E-45".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("by E-***, E-***");
    assertThat(own.counts()).containsExactly(Map.entry("employee", 2L));
    assertThatThrownBy(() -> new Redactor(List.of(employee, employee)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Redactor(Collections.nCopies(17, employee)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void worksOnBytesThatAreNotText() {
    redacts("\u00FF\u0000password=\u00C3\u0028 \u00FE", "\u00FF\u0000password=*** \u00FE");
  }

  private void redacts(String line, String expected) {
    String once = redact(line);
    assertThat(once).isEqualTo(expected);
    assertThat(redact(once)).as("redacted twice").isEqualTo(expected);
  }

  private void keeps(String line) {
    redacts(line, line);
  }

  private String redact(String line) {
    return new String(redactor.redact(line.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}

package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Secrets that nobody has, in the forms in which logs show them. */
final class PlantedSecrets {

  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String ALPHANUMERIC = UPPER + LOWER + DIGITS;
  private static final String BASE_64_URL = ALPHANUMERIC + "-_";
  private static final String BASE_64 = ALPHANUMERIC + "+/";

  /** Around a secret that is known by its form; the place of the secret is {@code %s}. */
  private static final List<String> FREE_FRAMES =
      List.of(
          "%s",
          "%s was refused",
          "the customer wrote %s yesterday",
          "2026-11-25 12:30:01,004 INFO [main] c.e.Shop: got %s",
          "{\"level\":\"info\",\"message\":\"got %s from 10.0.0.1\",\"n\":7}",
          "{\"value\":\"%s\",\"n\":1}",
          "{\"m\":\"{\\\"value\\\":\\\"%s\\\",\\\"n\\\":1}\"}",
          "ts=1764074101 value=%s status=200",
          "ts=1764074101 msg=\"got %s twice\"",
          "value: %s",
          "X-Value: %s",
          "a,%s,b",
          "[%s] (7)",
          "f('%s')",
          "<value>%s</value>");

  private static final List<String> URL_FRAMES =
      List.of(
          "10.0.0.1 - - [25/Nov/2026:12:30:01 +0000] \"GET /x?v=%s&y=1 HTTP/1.1\" 200 12 \"-\" \"curl/8\"",
          "calls https://api.example.com/v1/%s now");

  /** Around a secret that is known by its name. */
  private static final List<String> PASSWORD_FRAMES =
      List.of(
          "login user=ann password=%s ok",
          "{\"user\":\"ann\",\"password\":\"%s\",\"n\":1}",
          "{\"m\":\"{\\\"user\\\":\\\"ann\\\",\\\"passwd\\\":\\\"%s\\\"}\"}",
          "Config{user=ann, dbPassword=%s, n=1}",
          "spring.datasource.password: %s",
          "POST /login?user=ann&password=%s&x=1",
          "pwd='%s' user='ann'",
          "PGPASSWORD=%s psql -h db",
          "ts=1 keystore.passphrase=\"%s\" n=1",
          "jdbc:sqlserver://db;user=sa;Password=%s;encrypt=true",
          "<user>ann</user><wsse:Password>%s</wsse:Password>",
          "--db-password=%s --verbose");

  private static final List<String> TOKEN_FRAMES =
      List.of(
          "refresh_token=%s",
          "{\"access_token\":\"%s\",\"expires_in\":3600}",
          "GET /api?access_token=%s&page=2 HTTP/1.1",
          "X-Api-Key: %s",
          "x-auth-token: %s",
          "Authorization: Bearer %s",
          "Authorization: token %s",
          "calls with header [authorization: Bearer %s]",
          "{\"headers\":{\"Authorization\":\"Bearer %s\"}}",
          "api_key=%s env=prod",
          "clientSecret=%s",
          "Set-Cookie: sid=%s; Path=/; HttpOnly",
          "Cookie: a=b; session=%s",
          "JSESSIONID=%s",
          "sent bearer %s");

  private static final List<String> AWS_FRAMES =
      List.of(
          "aws_secret_access_key=%s",
          "AWS_SECRET_ACCESS_KEY=%s", "{\"SecretAccessKey\":\"%s\"}", "secretKey: %s");

  private static final List<String> ACCOUNT_FRAMES =
      List.of(
          "DefaultEndpointsProtocol=https;AccountName=logs;AccountKey=%s;EndpointSuffix=core.windows.net",
          "Endpoint=sb://logs.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=%s");

  private static final List<String> SIGNED_FRAMES =
      List.of(
          "GET https://logs.blob.core.windows.net/c/a?sv=2024-01-01&se=2026-11-25&sig=%s",
          "GET https://b.s3.amazonaws.com/k?X-Amz-Date=20261125T123001Z&X-Amz-Signature=%s HTTP/1.1");

  private static final List<String> BASIC_FRAMES =
      List.of("Authorization: Basic %s", "auth Basic %s ok", "Proxy-Authorization: Basic %s");

  private static final List<String> URL_PASSWORD_FRAMES =
      List.of(
          "postgres://ann:%s@db:5432/shop",
          "{\"url\":\"amqp://ann:%s@mq/vhost\"}",
          "cloned https://ann:%s@git.example.com/a.git",
          "redis://:%s@cache:6379/0");

  private static final List<String> PEM_FRAMES =
      List.of(
          "{\"key\":\"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n\"}",
          "loaded -----BEGIN RSA PRIVATE KEY-----\n%s\n-----END RSA PRIVATE KEY-----",
          "k: -----BEGIN OPENSSH PRIVATE KEY-----\\n%s",
          "'-----BEGIN EC PRIVATE KEY----- %s -----END EC PRIVATE KEY-----'");

  private final Random random;

  PlantedSecrets(long seed) {
    random = new Random(seed);
  }

  /**
   * One kind of secret.
   *
   * @param values gives one after the other
   */
  record Kind(List<String> frames, Function<PlantedSecrets, String> values) {}

  /** All kinds by their names. */
  static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    List<String> anywhere =
        java.util.stream.Stream.of(FREE_FRAMES, URL_FRAMES).flatMap(List::stream).toList();
    kinds.put("card", new Kind(anywhere, PlantedSecrets::card));
    kinds.put("card in groups", new Kind(FREE_FRAMES, PlantedSecrets::groupedCard));
    kinds.put("IBAN", new Kind(anywhere, PlantedSecrets::iban));
    kinds.put("IBAN in groups", new Kind(FREE_FRAMES, self -> grouped(self.iban())));
    kinds.put("JWT", new Kind(anywhere, PlantedSecrets::jwt));
    kinds.put("AWS key", new Kind(anywhere, self -> self.awsKey()));
    kinds.put("AWS secret", new Kind(AWS_FRAMES, self -> self.text(BASE_64, 40)));
    kinds.put("Google key", new Kind(anywhere, self -> "AIza" + self.text(BASE_64_URL, 35)));
    kinds.put("Azure key", new Kind(ACCOUNT_FRAMES, self -> self.text(BASE_64, 86) + "=="));
    kinds.put("signed URL", new Kind(SIGNED_FRAMES, self -> self.text(ALPHANUMERIC, 43) + "%3D"));
    kinds.put("GitHub token", new Kind(anywhere, self -> self.github()));
    kinds.put("GitLab token", new Kind(anywhere, self -> "glpat-" + self.text(BASE_64_URL, 20)));
    kinds.put("Slack token", new Kind(anywhere, self -> self.slack()));
    kinds.put("Stripe key", new Kind(anywhere, self -> self.stripe()));
    kinds.put("private key", new Kind(PEM_FRAMES, self -> self.text(BASE_64, 64)));
    kinds.put("password", new Kind(PASSWORD_FRAMES, PlantedSecrets::password));
    kinds.put("token", new Kind(TOKEN_FRAMES, self -> self.text(ALPHANUMERIC, 32)));
    kinds.put("basic credentials", new Kind(BASIC_FRAMES, self -> self.basic()));
    kinds.put("password in URL", new Kind(URL_PASSWORD_FRAMES, PlantedSecrets::password));
    return kinds;
  }

  /** Kinds that a redactor looks for by choice. */
  static Map<String, Kind> byChoice() {
    List<String> anywhere =
        java.util.stream.Stream.of(FREE_FRAMES, URL_FRAMES).flatMap(List::stream).toList();
    return Map.of("e-mail", new Kind(anywhere, PlantedSecrets::email));
  }

  String value(Kind kind) {
    return kind.values().apply(this);
  }

  /** Puts a secret behind a blank of a line, or behind its end. */
  String into(String line, String secret) {
    int at = line.indexOf(' ', line.isEmpty() ? 0 : random.nextInt(line.length()));
    return at < 0
        ? line + " " + secret
        : line.substring(0, at + 1) + secret + " " + line.substring(at + 1);
  }

  String card() {
    List<String> prefixes =
        List.of("4", "51", "55", "2221", "2720", "34", "37", "6011", "65", "3528", "62", "36");
    String prefix = prefixes.get(random.nextInt(prefixes.size()));
    int length =
        prefix.startsWith("34") || prefix.equals("37") ? 15 : prefix.equals("36") ? 14 : 16;
    return withLuhn(prefix + text(DIGITS, length - 1 - prefix.length()));
  }

  private String groupedCard() {
    String visa = withLuhn("4" + text(DIGITS, 14));
    String separator = random.nextBoolean() ? " " : "-";
    return String.join(
        separator,
        visa.substring(0, 4),
        visa.substring(4, 8),
        visa.substring(8, 12),
        visa.substring(12));
  }

  static String withLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? 2 * digit : digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return digits + (10 - sum % 10) % 10;
  }

  String iban() {
    switch (random.nextInt(6)) {
      case 0:
        return iban("DE", text(DIGITS, 18));
      case 1:
        return iban("GB", text(UPPER, 4) + text(DIGITS, 14));
      case 2:
        return iban("FR", text(DIGITS, 20) + text(UPPER, 1) + text(DIGITS, 2));
      case 3:
        return iban("NL", text(UPPER, 4) + text(DIGITS, 10));
      case 4:
        return iban("NO", text(DIGITS, 11));
      default:
        return iban("PL", text(DIGITS, 24));
    }
  }

  private static String iban(String country, String account) {
    StringBuilder number = new StringBuilder();
    for (char each : (account + country + "00").toCharArray()) {
      number.append(Character.getNumericValue(each));
    }
    int rest = new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
    return country + String.format("%02d", 98 - rest) + account;
  }

  static String grouped(String number) {
    return number.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private String jwt() {
    String claims = "{\"sub\":\"" + text(DIGITS, 10) + "\",\"iat\":1764074101}";
    return encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
        + '.'
        + encoded(claims)
        + '.'
        + text(BASE_64_URL, 43);
  }

  private String awsKey() {
    return (random.nextBoolean() ? "AKIA" : "ASIA") + text(UPPER + "234567", 15) + "2";
  }

  private String github() {
    String letter = List.of("p", "o", "u", "s", "r").get(random.nextInt(5));
    return random.nextInt(3) == 0
        ? "github_pat_" + text(ALPHANUMERIC, 22) + "_" + text(ALPHANUMERIC, 59)
        : "gh" + letter + "_" + text(ALPHANUMERIC, 36);
  }

  private String slack() {
    String letter = List.of("b", "p", "a", "s").get(random.nextInt(4));
    return "xox"
        + letter
        + "-"
        + text(DIGITS, 12)
        + "-"
        + text(DIGITS, 13)
        + "-"
        + text(ALPHANUMERIC, 24);
  }

  private String stripe() {
    String kind = List.of("sk_live_", "rk_live_", "sk_test_", "whsec_").get(random.nextInt(4));
    return kind + text(ALPHANUMERIC, 31) + "7";
  }

  private String password() {
    List<String> signs = List.of("", "!", "-", "_", "$", "*", "%21", "+");
    return text(LOWER, 1)
        + text(ALPHANUMERIC, 5 + random.nextInt(10))
        + signs.get(random.nextInt(signs.size()))
        + text(ALPHANUMERIC, 2);
  }

  private String basic() {
    String both = text(LOWER, 6) + ":" + text(ALPHANUMERIC, 12);
    return Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }

  String email() {
    return text(LOWER, 5)
        + List.of("", ".x", "_7", "+tag").get(random.nextInt(4))
        + "@"
        + text(LOWER, 6)
        + List.of(".com", ".co.uk", ".example", ".mail.org").get(random.nextInt(4));
  }

  private String text(String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}

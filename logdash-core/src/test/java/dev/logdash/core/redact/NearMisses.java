package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** What looks like a secret and is none, by kinds. */
final class NearMisses {

  private NearMisses() {}

  static Map<String, Function<Random, String>> kinds() {
    Map<String, Function<Random, String>> kinds = new LinkedHashMap<>();
    kinds.put("order number", random -> "order " + digits(random, 8 + random.nextInt(8)) + " paid");
    kinds.put("long number", random -> "n=" + random.nextLong() + " m=" + random.nextInt());
    kinds.put("16 digits", random -> "ref " + digits(random, 16) + " booked");
    kinds.put(
        "card with a wrong check digit",
        random -> {
          String right = PlantedSecrets.withLuhn("4" + digits(random, 14));
          return "card " + right.substring(0, 15) + (right.charAt(15) - '0' + 1) % 10;
        });
    kinds.put(
        "named number",
        random -> "order_id=" + PlantedSecrets.withLuhn("4" + digits(random, 14)) + " ok");
    kinds.put(
        "IBAN with wrong check digits",
        random -> {
          String right = new PlantedSecrets(random.nextLong()).iban();
          int last = right.length() - 1;
          String wrong = right.substring(0, last) + (right.charAt(last) - '0' + 1) % 10;
          return "to " + wrong + " and " + PlantedSecrets.grouped(wrong);
        });
    kinds.put("hash", random -> "sha " + hex(random, 40) + " md5 " + hex(random, 32));
    kinds.put("SHA-256", random -> "digest sha256:" + hex(random, 64));
    kinds.put("UUID", random -> "request " + uuid(random) + " took 7 ms");
    kinds.put(
        "trace",
        random -> "trace_id=" + hex(random, 32) + " span_id=" + hex(random, 16) + " sampled=1");
    kinds.put(
        "traceparent",
        random -> "traceparent: 00-" + hex(random, 32) + "-" + hex(random, 16) + "-01");
    kinds.put(
        "time",
        random ->
            "at "
                + (1_764_074_101L + random.nextInt(9_999))
                + " "
                + (1_764_074_101_000L + random.nextInt())
                + " "
                + (1_764_074_101_000_000_000L + random.nextLong() % 1_000_000_000L));
    kinds.put(
        "version",
        random -> "kafka-clients-" + random.nextInt(5) + ".2.1-SNAPSHOT+" + digits(random, 12));
    kinds.put(
        "base 64",
        random -> {
          byte[] bytes = new byte[30];
          random.nextBytes(bytes);
          return "body " + Base64.getEncoder().encodeToString(bytes) + " sent";
        });
    kinds.put(
        "base 64 of text",
        random ->
            "data "
                + Base64.getEncoder()
                    .encodeToString(("hello world " + random.nextInt()).getBytes(UTF_8)));
    kinds.put(
        "class",
        random ->
            "at org.example.internal.AbstractTokenFactoryBean"
                + random.nextInt(99)
                + ".create(X.java:7)");
    kinds.put(
        "pod", random -> "pod shop-api-" + hex(random, 10) + "-" + hex(random, 5) + " is ready");
    kinds.put(
        "constant",
        random -> "AWS_REGION=eu-west-1 DEFAULT_CONNECTION_TIMEOUT_MS=" + random.nextInt(9_999));
    kinds.put(
        "upper hex", random -> "serial " + hex(random, 20).toUpperCase(java.util.Locale.ROOT));
    kinds.put(
        "about tokens",
        random -> "token_count=" + random.nextInt(9_999) + " max_tokens=512 tokens=7");
    kinds.put(
        "about passwords",
        random -> "Failed password for root from 10.0.0." + random.nextInt(255) + " port 22");
    kinds.put(
        "address",
        random -> "fe80::" + hex(random, 4) + ":" + hex(random, 4) + " 00:1b:44:11:3a:b7");
    kinds.put(
        "phone",
        random -> "call +49 30 " + digits(random, 8) + " or (555) 555-" + digits(random, 4));
    kinds.put(
        "short signal",
        random -> "sig=SIGTERM signature=v" + random.nextInt(9) + " basic auth bearer of news");
    kinds.put(
        "public key",
        random ->
            "-----BEGIN PUBLIC KEY-----\\n" + hex(random, 60) + "\\n-----END PUBLIC KEY-----");
    kinds.put(
        "place of a block",
        random -> "blk_-" + digits(random, 19) + " of size " + digits(random, 8));
    return kinds;
  }

  static String digits(Random random, int length) {
    StringBuilder text = new StringBuilder();
    text.append((char) ('1' + random.nextInt(9)));
    while (text.length() < length) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  private static String hex(Random random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  private static String uuid(Random random) {
    return hex(random, 8)
        + "-"
        + hex(random, 4)
        + "-4"
        + hex(random, 3)
        + "-a"
        + hex(random, 3)
        + "-"
        + hex(random, 12);
  }
}

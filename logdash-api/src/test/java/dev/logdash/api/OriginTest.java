package dev.logdash.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Origin;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OriginTest {

  @Test
  void anIdIsTheTimeTheProducerAndTheSequenceInBase32() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      long millis = random.nextLong(9_000_000_000_000L) >>> random.nextInt(42);
      long producer = random.nextLong() >>> random.nextInt(63);
      long seq = random.nextLong() >>> 1 >>> random.nextInt(62);
      BigInteger bits =
          BigInteger.valueOf(millis)
              .shiftLeft(64)
              .add(new BigInteger(Long.toUnsignedString(producer)))
              .shiftLeft(64)
              .add(BigInteger.valueOf(seq))
              .shiftLeft(4);
      String digits = bits.toString(32);

      String id = Origin.ofProducer(producer, 0, seq).eventId(millis * 1_000_000);

      assertThat(id).isEqualTo("0".repeat(36 - digits.length()) + digits);
    }
  }

  @Test
  void anIdOfAForeignRecordNamesItsPlace() {
    assertThat(new Origin("orders-3", 0, 17).eventId(5)).isEqualTo("orders-3-17");
  }

  @Test
  void readsItsTextAndNothingElse() {
    Origin origin = Origin.ofProducer(-7, 3, Long.MAX_VALUE);

    assertThat(Origin.parse(origin.toText())).isEqualTo(origin);
    Origin smallest = Origin.ofProducer(7, Integer.MIN_VALUE, 0);
    assertThat(Origin.parse(smallest.toText())).isEqualTo(smallest);
    for (String other :
        List.of(
            "",
            "00000000000000ff::1",
            "00000000000000ff:-:1",
            "00000000000000ff:0:",
            "00000000000000ff:0:+1",
            "00000000000000ff:0:1:1",
            "00000000000000ff:0:99999999999999999999",
            "00000000000000ff:0:\u0661",
            "00000000000000fF:0:1",
            "00000000000000ff0:0:1",
            "00000000000000ff:-2147483649:1",
            "topic-1:0:7",
            "00000000000000ff:0",
            "00000000000000ff:0:-1",
            "00000000000000ff:0:9223372036854775808",
            "00000000000000ff:9999999999:1")) {
      assertThat(Origin.parse(other)).as(other).isNull();
    }
  }
}

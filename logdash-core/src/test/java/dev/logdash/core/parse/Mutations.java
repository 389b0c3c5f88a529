package dev.logdash.core.parse;

import java.util.Arrays;
import java.util.Random;

/** Seeded damage to lines. */
final class Mutations {

  private static final byte[] SPICE =
      "\"\\{}[]<>=: ,;.-|\t\n\r\0/%@#*\u007f0159aeZT+"
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private Mutations() {}

  static byte[] of(Random random, byte[] line) {
    byte[] bytes = line.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = once(random, bytes);
    }
    return bytes;
  }

  private static byte[] once(Random random, byte[] b) {
    if (b.length == 0) {
      return new byte[] {SPICE[random.nextInt(SPICE.length)]};
    }
    int at = random.nextInt(b.length);
    switch (random.nextInt(6)) {
      case 0:
        return Arrays.copyOf(b, at);
      case 1:
        return Arrays.copyOfRange(b, at, b.length);
      case 2:
        b[at] = SPICE[random.nextInt(SPICE.length)];
        return b;
      case 3:
        b[at] = (byte) random.nextInt(256);
        return b;
      case 4:
        return splice(b, at, Arrays.copyOfRange(b, at, Math.min(b.length, at + 9)));
      default:
        return splice(b, at, new byte[] {SPICE[random.nextInt(SPICE.length)]});
    }
  }

  private static byte[] splice(byte[] b, int at, byte[] piece) {
    byte[] spliced = new byte[b.length + piece.length];
    System.arraycopy(b, 0, spliced, 0, at);
    System.arraycopy(piece, 0, spliced, at, piece.length);
    System.arraycopy(b, at, spliced, at + piece.length, b.length - at);
    return spliced;
  }
}

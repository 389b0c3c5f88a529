package dev.logdash.core.parse.pattern;

import java.util.Random;

/** Seeded patterns and lines of a small alphabet, so that they often fit each other. */
final class RandomPatterns {

  private static final String[] ATOMS = {
    "a", "b", "ab", ".", "[ab]", "[^a]", "\\w", " ", "é", "\\s", "\\d", "1"
  };
  private static final String[] TIMES = {"*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?"};
  private static final String LETTERS = "aab 1é";

  private RandomPatterns() {}

  static String of(Random random, int depth) {
    StringBuilder pattern = new StringBuilder();
    if (random.nextInt(6) == 0) {
      pattern.append('^');
    }
    sequence(random, depth, pattern);
    if (random.nextInt(4) == 0) {
      pattern.append('$');
    }
    return pattern.toString();
  }

  private static void sequence(Random random, int depth, StringBuilder pattern) {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int kind = random.nextInt(depth > 0 ? 10 : 6);
      if (kind < 6) {
        pattern.append(ATOMS[random.nextInt(ATOMS.length)]);
      } else if (kind < 8) {
        pattern.append("(?<c").append(random.nextInt(100)).append('>');
        sequence(random, depth - 1, pattern);
        pattern.append(')');
      } else {
        pattern.append("(?:");
        sequence(random, depth - 1, pattern);
        pattern.append('|');
        sequence(random, depth - 1, pattern);
        pattern.append(')');
      }
      if (random.nextInt(3) == 0) {
        pattern.append(TIMES[random.nextInt(TIMES.length)]);
      } else if (random.nextInt(12) == 0) {
        pattern.append("\\b");
      }
    }
  }

  static String line(Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      line.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return line.toString();
  }
}

package dev.logdash.core.template;

/**
 * How much a miner remembers. Beyond either limit it forgets the quarter of it that was not seen
 * for the longest time.
 *
 * @param maxForms how many different masked messages, patterns with many of them counting as one
 * @param maxBytes about how many bytes of memory
 */
public record MinerLimits(int maxForms, long maxBytes) {

  /** 20,000 forms, 32 MiB. */
  public static final MinerLimits DEFAULTS = new MinerLimits(20_000, 32L << 20);

  public MinerLimits {
    if (maxForms < 16) {
      throw new IllegalArgumentException("maxForms is below 16: " + maxForms);
    }
    if (maxBytes < 1 << 16) {
      throw new IllegalArgumentException("maxBytes is below 64 KiB: " + maxBytes);
    }
  }
}

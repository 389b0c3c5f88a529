package dev.logdash.logback;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A queue of many producers and one consumer, bounded in slots and in bytes. A producer never
 * waits, neither for the consumer nor for another producer, and wakes nobody.
 *
 * <p>Admission comes first and counts; whoever is admitted owns a slot that is surely free. After
 * {@link #close} nobody is admitted, so that what was admitted and not yet taken is all there is.
 */
final class EventRing {

  /** What became of an offer. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  private static final long CLOSED_BIT = Long.MIN_VALUE;
  private static final int COUNT_SHIFT = 40;
  private static final long ONE = 1L << COUNT_SHIFT;
  private static final long BYTES_MASK = ONE - 1;

  /** The most slots: the count has 22 bits. */
  static final int MAX_SLOTS = 1 << 22;

  /** The most bytes: sums stay within their 40 bits. */
  static final long MAX_BYTES = 1L << 38;

  private final AtomicReferenceArray<@Nullable QueuedEvent> slots;
  private final int mask;
  private final long maxSlots;
  private final long maxBytes;
  private final long lowSlots;
  private final long lowBytes;
  // Bit 63: closed; bits 40 to 62: how many are admitted; below: their bytes.
  private final AtomicLong admitted = new AtomicLong();
  private final AtomicLong issued = new AtomicLong();
  private long taken;

  /**
   * @param reserved how many slots are kept for events that are not discardable; the same share of
   *     the bytes is kept for them
   */
  EventRing(int maxSlots, long maxBytes, int reserved) {
    int size = Integer.highestOneBit(Math.max(1, maxSlots - 1)) << 1;
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
    this.maxSlots = maxSlots;
    this.maxBytes = maxBytes;
    lowSlots = (long) maxSlots - reserved;
    lowBytes = maxBytes - (long) ((double) maxBytes * reserved / maxSlots);
  }

  /** Whether an offer of this many bytes would be refused now. */
  boolean hasRoom(long bytes, boolean discardable) {
    return fits(admitted.get(), bytes, discardable);
  }

  Offer offer(QueuedEvent event, boolean discardable) {
    long bytes = event.bytes();
    long now;
    do {
      now = admitted.get();
      if (now < 0) {
        return Offer.CLOSED;
      }
      if (!fits(now, bytes, discardable)) {
        return Offer.FULL;
      }
    } while (!admitted.compareAndSet(now, now + ONE + bytes));
    slots.setRelease((int) issued.getAndIncrement() & mask, event);
    return Offer.TAKEN;
  }

  /** The oldest event, or null if there is none or its producer is about to put it. */
  @Nullable QueuedEvent poll() {
    int slot = (int) taken & mask;
    QueuedEvent event = slots.getAcquire(slot);
    if (event != null) {
      slots.setRelease(slot, null);
      taken++;
      admitted.addAndGet(-ONE - event.bytes());
    }
    return event;
  }

  /** Admits nobody from now on. */
  void close() {
    long now;
    do {
      now = admitted.get();
    } while (!admitted.compareAndSet(now, now | CLOSED_BIT));
  }

  /** How many are admitted and not taken, those included that are about to be put. */
  long size() {
    return (admitted.get() & ~CLOSED_BIT) >>> COUNT_SHIFT;
  }

  /** How many have been put so far. */
  long issued() {
    return issued.get();
  }

  /** How many the consumer took so far; for the consumer. */
  long taken() {
    return taken;
  }

  private boolean fits(long state, long bytes, boolean discardable) {
    long count = (state & ~CLOSED_BIT) >>> COUNT_SHIFT;
    long sum = (state & BYTES_MASK) + bytes;
    return discardable ? count < lowSlots && sum <= lowBytes : count < maxSlots && sum <= maxBytes;
  }
}

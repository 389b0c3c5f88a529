package dev.logdash.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinerAllocationTest {

  private static final int ROUNDS = 200;
  private static final int MESSAGES = 256;

  @Test
  void messagesOfAKnownFormAreMinedWithoutAllocation() {
    for (String text :
        List.of(
            "Order %d processed for customer ada in %d ms",
            "Failed password for root from 10.0.0.%d port %d ssh2",
            "Receiving block blk_%d src: /10.0.0.7:%d",
            "took 0x%x at /var/log/app/%d.log")) {
      // Other values in each, so that what is kept of them is exercised as well.
      List<String> messages =
          IntStream.range(0, MESSAGES).mapToObj(i -> text.formatted(i, 7 * i)).toList();
      TemplateMiner miner = new TemplateMiner();
      mineAll(miner, messages);
      long before = allocated();
      mineAll(miner, messages);
      // Far less than a byte a message is what the measurement itself leaves.
      assertThat(allocated() - before).as(text).isLessThan(ROUNDS * MESSAGES);
    }
  }

  private static void mineAll(TemplateMiner miner, List<String> messages) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < messages.size(); i++) {
        miner.mine(messages.get(i));
      }
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}

package dev.logdash.core.sim;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.Severity;
import dev.logdash.core.pipeline.LineJoining;
import java.util.SplittableRandom;

/**
 * The logs of the simulation: lines with a number each, some of which go on with the one before.
 */
final class SimLines implements LineJoining {

  /** In the text of a line that no parser survives. */
  static final String POISON = "poison";

  /** In the text of an event that the store never takes. */
  static final String REJECTED = "unstorable";

  private static final String[] SERVICES = {"cart", "pay", "ship"};
  private static final String[] ROUTES = {"/a", "/b", "/c", "/d", "/e"};

  private SimLines() {}

  static SimLines joining() {
    return new SimLines();
  }

  /** A line such as {@code 1795435200000000000 17 cart /a 500 120000 text}. */
  static String header(SplittableRandom random, long nowNanos, long number) {
    long late = random.nextInt(10) == 0 ? random.nextLong(20_000_000_000L) : 0;
    String text = "n" + number;
    if (random.nextInt(60) == 0) {
      text += " " + POISON;
    } else if (random.nextInt(60) == 0) {
      text += " " + REJECTED;
    }
    return (nowNanos - late)
        + " "
        + (random.nextInt(4) == 0 ? 17 : 9)
        + " "
        + SERVICES[random.nextInt(SERVICES.length)]
        + " "
        + ROUTES[random.nextInt(ROUTES.length)]
        + " "
        + (random.nextInt(5) == 0 ? 500 : 200)
        + " "
        + random.nextLong(1, 5_000_000_000L)
        + " "
        + text;
  }

  static String continuation(long number) {
    return "+ n" + number;
  }

  static LogEvent understand(RawRecord record) {
    String text = record.text();
    if (text.contains(POISON)) {
      throw new IllegalArgumentException("poison");
    }
    LogEvent.Builder event =
        LogEvent.builder(record.eventId())
            .origin(record.origin())
            .observedNanos(record.receivedNanos());
    String[] parts = text.split(" ", 7);
    if (text.startsWith("+")) {
      return event.timestampNanos(record.receivedNanos()).message(text).build();
    }
    return event
        .timestampNanos(Long.parseLong(parts[0]))
        .severity(Severity.of(Integer.parseInt(parts[1])))
        .service(parts[2])
        .message(parts[6])
        .attributes(
            Attributes.builder()
                .put(EcsFields.HTTP_METHOD, "GET")
                .put(EcsFields.HTTP_ROUTE, parts[3])
                .put(EcsFields.HTTP_STATUS, Long.parseLong(parts[4]))
                .put(EcsFields.DURATION, Long.parseLong(parts[5]))
                .build())
        .build();
  }

  @Override
  public int begin(byte[] buffer, int from, int to) {
    return 1;
  }

  @Override
  public int next(int state, byte[] buffer, int from, int to) {
    return from < to && buffer[from] == '+' ? state : END;
  }
}

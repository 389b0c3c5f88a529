package dev.logdash.core.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;

/** Splits {@code user_agent.original} into program, version, operating system and device. */
final class UserAgentEnricher implements Enricher {

  private static final String ORIGINAL = "user_agent.original";
  private static final int REMEMBERED = 4_096;

  // Longer ones are made up, and no two alike.
  private static final int MAX_LENGTH = 1_024;

  // What is remembered changes the speed alone: a user agent always has the same parts.
  private final Cache<String, UserAgent> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  @Override
  public LogEvent enrich(LogEvent event) {
    String original = event.attributes().text(ORIGINAL);
    if (original.isEmpty() || original.length() > MAX_LENGTH) {
      return event;
    }
    UserAgent agent = known.get(original, UserAgent::parse);
    Attributes.Builder attributes = event.attributes().toBuilder();
    put(attributes, "user_agent.name", agent.name());
    put(attributes, "user_agent.version", agent.version());
    put(attributes, "user_agent.os.name", agent.osName());
    put(attributes, "user_agent.os.version", agent.osVersion());
    put(attributes, "user_agent.device.name", agent.device());
    return event.toBuilder().attributes(attributes.build()).build();
  }

  private static void put(Attributes.Builder attributes, String name, String value) {
    if (!value.isEmpty()) {
      attributes.put(name, value);
    }
  }
}

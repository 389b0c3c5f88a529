package dev.logdash.dashboard;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Something that a backend counts or has, for whatever collects metrics.
 *
 * @param name words with dots between them, the unit last where it is not a number of things
 * @param help what it is, in a few words
 * @param counts whether it only grows until the process ends; else it goes up and down
 * @param labels tell meters of one name apart; of a few values that are known from the start
 * @param value of now; asked at any time, by any thread, and cheap
 */
public record BackendMeter(
    String name, String help, boolean counts, Map<String, String> labels, LongSupplier value) {

  public BackendMeter {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(help, "help");
    labels = Map.copyOf(labels);
    Objects.requireNonNull(value, "value");
  }

  static BackendMeter counter(String name, String help, LongSupplier value) {
    return new BackendMeter(name, help, true, Map.of(), value);
  }

  static BackendMeter gauge(String name, String help, LongSupplier value) {
    return new BackendMeter(name, help, false, Map.of(), value);
  }

  BackendMeter with(String label, String of) {
    Map<String, String> more = new HashMap<>(labels);
    more.put(label, of);
    return new BackendMeter(name, help, counts, more, value);
  }
}

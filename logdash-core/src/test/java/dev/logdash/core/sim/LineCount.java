package dev.logdash.core.sim;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often each line is in the stores, whichever lines stand together in an event. */
final class LineCount {

  private static final Pattern LINE = Pattern.compile("n(\\d+)");

  private final Map<Long, Integer> seen = new TreeMap<>();

  LineCount(SimStores stores) {
    for (LogEvent event : stores.events().values()) {
      count(event.message());
    }
    // A letter that came twice is one, by its id.
    Map<String, byte[]> letters = new HashMap<>();
    stores.letters.forEach(
        letter -> letters.put(letter.headers().get(Headers.EVENT_ID), letter.body()));
    letters.values().forEach(body -> count(new String(body, StandardCharsets.UTF_8)));
  }

  private void count(String text) {
    Matcher matcher = LINE.matcher(text);
    while (matcher.find()) {
      seen.merge(Long.parseLong(matcher.group(1)), 1, Integer::sum);
    }
  }

  /** Says of each of these lines that is not there once, and of all that are none of them. */
  void compare(Iterable<Long> numbers, LongFunction<String> name, List<String> differences) {
    for (long number : numbers) {
      Integer times = seen.remove(number);
      if (times == null || times != 1) {
        differences.add(name.apply(number) + " is there " + times + " times");
      }
    }
    if (!seen.isEmpty()) {
      differences.add("lines that nobody wrote: " + seen);
    }
  }
}

package dev.logdash.core.kit;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.tck.LogEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of statements. */
final class StatementEvents {

  private static final List<String> USERS =
      List.of("ada", "grace", "edsger", "barbara", "donald", "leslie", "tony", "robin");

  private StatementEvents() {}

  /** Events of all kinds, the same in every run. */
  static List<LogEvent> mixture(int count) {
    Random random = new Random(7);
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LogEvent event = any(i, random);
      events.add(random.nextInt(4) == 0 ? event.toBuilder().service("billing").build() : event);
    }
    return events;
  }

  private static LogEvent any(int i, Random random) {
    String user = USERS.get(random.nextInt(USERS.size()));
    String address = "10.0." + random.nextInt(200) + '.' + random.nextInt(200);
    switch (Math.min(9, random.nextInt(16))) {
      case 0:
        return message(i, "user " + user + " logged in from " + address);
      case 1:
        return message(i, "USER " + user + " logged in from " + address);
      case 2:
        return message(i, "Connection reset by peer: \"" + address + "\" said \\no (or yes)");
      case 3:
        return LogEvents.error(i, "could not read /var/lib/" + user + ": disk full\nat a.B.c(D)");
      case 4:
        return template(i, "order " + i + " of " + user, "order {} of \"{}\" (paid)");
      case 5:
        return request(i, "GET", "/users/" + i, "/users/{id}");
      case 6:
        return request(i, "get", "/users/" + i, "/USERS/{id}");
      case 7:
        return message(i, random.nextBoolean() ? "" : " \t");
      case 8:
        return message(i, "Überweisung von " + user + " über " + i + " € geprüft");
      default:
        return message(i, "job " + word(random.nextInt(40)) + " took " + i + " ms");
    }
  }

  static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number + 676; rest > 0; rest /= 26) {
      word.append((char) ('g' + rest % 17)).append((char) ('g' + rest / 17 % 2));
    }
    return word.toString();
  }

  static LogEvent message(long seq, String message) {
    return LogEvents.event(seq).message(message).build();
  }

  static LogEvent template(long seq, String message, String template) {
    return with(message(seq, message), Attributes.builder().put("log.template", template));
  }

  static LogEvent request(long seq, String method, String path, String route) {
    return with(
        message(seq, "10.0.0.1 - - \"" + method + ' ' + path + " HTTP/1.1\" 200 17"),
        Attributes.builder()
            .put(EcsFields.HTTP_METHOD, method)
            .put(EcsFields.URL_PATH, path)
            .put(EcsFields.HTTP_STATUS, 200)
            .put(EcsFields.HTTP_ROUTE, route));
  }

  private static LogEvent with(LogEvent event, Attributes.Builder attributes) {
    return event.toBuilder().attributes(attributes.build()).build();
  }
}

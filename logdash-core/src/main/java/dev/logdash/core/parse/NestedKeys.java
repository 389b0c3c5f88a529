package dev.logdash.core.parse;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the end of a nested key says, where its beginning is a wrapper that nobody can know. */
final class NestedKeys {

  // The last name alone is enough for these, whatever it stands in.
  private static final Set<String> SURE_NAMES =
      Set.of(
          "clientip",
          "remoteip",
          "remoteaddr",
          "remoteaddress",
          "ipaddress",
          "srcip",
          "sourceip",
          "useragent",
          "username",
          "httpmethod",
          "httpuseragent",
          "requestmethod",
          "sourcecontext",
          "traceid",
          "spanid",
          "rawuseragent",
          "userprincipalname");
  // Wrappers of the event itself; the time or level of anything else is not the event's.
  private static final Set<String> WRAPPERS =
      Set.of(
          "data",
          "event",
          "message",
          "msg",
          "log",
          "detail",
          "details",
          "record",
          "meta",
          "metadata",
          "opsmetadata",
          "header",
          "payload",
          "envelope",
          "jsonpayload",
          "logevent");
  private static final Set<String> OF_THE_EVENT =
      Set.of("ip", "user", "hostname", "level", "severity", "loglevel", "description");
  // Names of the other side, or of things that are acted on.
  private static final Set<String> OTHERS =
      Set.of(
          "target",
          "dest",
          "destination",
          "upstream",
          "server",
          "local",
          "backend",
          "origin",
          "headers",
          "database");

  private NestedKeys() {}

  /** The meaning of a normalised key that is not known as a whole, or null. */
  static @Nullable Key hint(String key, Map<String, Key> known) {
    int last = key.lastIndexOf('.');
    if (last <= 0) {
      return null;
    }
    int middle = key.lastIndexOf('.', last - 1);
    if (middle > 0 && !isOfAnother(key.substring(0, middle))) {
      int first = key.lastIndexOf('.', middle - 1);
      Key three = first > 0 ? known.get(key.substring(first + 1)) : null;
      Key two = known.get(key.substring(middle + 1));
      Key found = three != null ? three : two;
      if (found != null && found.role() != Key.Role.PLAIN) {
        return found;
      }
    }
    String name = key.substring(last + 1);
    Key found = known.get(name);
    if (found == null || isOfAnother(key.substring(0, last))) {
      return null;
    }
    if (SURE_NAMES.contains(name)) {
      return found;
    }
    boolean wrapped = WRAPPERS.contains(key.substring(middle + 1, last));
    Key hint = found.role() == Key.Role.PLAIN ? found.hint() : found;
    boolean ofTheEvent =
        (hint != null && hint.role() == Key.Role.TIME) || OF_THE_EVENT.contains(name);
    return wrapped && ofTheEvent ? hint : null;
  }

  private static boolean isOfAnother(String path) {
    for (String part : path.split("\\.", -1)) {
      if (OTHERS.contains(part)) {
        return true;
      }
    }
    return false;
  }
}

package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.Key.Role;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the fields of W3C's extended format mean, those of IIS and of the Windows firewall too. */
final class ExtendedColumns {

  private static final Map<String, Key> KEYS = new HashMap<>();
  private static final String AGENT = "cs(user-agent)";

  static {
    key("date-time", Role.TIME, "@timestamp");
    key("time", Role.TIME, "@timestamp");
    key("date", Role.TIME, "@timestamp");
    key("c-ip", Role.ADDRESS, Names.SOURCE_IP);
    key("c-port", Role.WHOLE, Names.SOURCE_PORT);
    key("src-ip", Role.IP, Names.SOURCE_IP);
    key("src-port", Role.WHOLE, Names.SOURCE_PORT);
    key("s-ip", Role.IP, Names.DESTINATION_IP);
    key("s-port", Role.WHOLE, Names.DESTINATION_PORT);
    key("dst-ip", Role.IP, Names.DESTINATION_IP);
    key("dst-port", Role.WHOLE, Names.DESTINATION_PORT);
    key("cs-method", Role.METHOD, Names.METHOD);
    key("cs-uri", Role.URL, Names.URL_ORIGINAL);
    key("cs-username", Role.TEXT, Names.USER);
    key("cs-version", Role.HTTP_VERSION, Names.HTTP_VERSION);
    key("cs-protocol-version", Role.HTTP_VERSION, Names.HTTP_VERSION);
    key("cs-host", Role.TEXT, Names.DESTINATION_DOMAIN);
    key("x-host-header", Role.TEXT, Names.DESTINATION_DOMAIN);
    key("cs(host)", Role.TEXT, Names.DESTINATION_DOMAIN);
    key(AGENT, Role.TEXT, Names.USER_AGENT);
    key("cs(referer)", Role.TEXT, Names.REFERRER);
    key("sc-status", Role.STATUS, Names.STATUS);
    key("sc-bytes", Role.WHOLE, Names.RESPONSE_BYTES);
    key("cs-bytes", Role.WHOLE, Names.REQUEST_BYTES);
    key("s-computername", Role.TEXT, Names.HOST);
    key("s-sitename", Role.TEXT, "iis.access.site_name");
    key("sc-substatus", Role.WHOLE, "iis.access.sub_status");
    key("sc-win32-status", Role.WHOLE, "iis.access.win32_status");
    key("action", Role.TEXT, "event.action");
    key("protocol", Role.TEXT, Names.TRANSPORT);
    // IIS counts milliseconds, others seconds with a fraction.
    key("time-taken", Role.DURATION, Names.DURATION);
  }

  private ExtendedColumns() {}

  private static void key(String name, Role role, String field) {
    KEYS.put(name, new Key(name, role, field, 0));
  }

  /** What the field of a header means; one that is not known keeps its name. */
  static Key key(String name) {
    Key known = KEYS.get(name.toLowerCase(Locale.ROOT));
    return known != null ? known : new Key(name, Role.PLAIN, name, 0);
  }

  /** Puts the values that are written in a way of their own; whether it was one. */
  static boolean put(Key key, byte[] b, int from, int to, FieldSink sink) {
    if (key.own().equals(AGENT)) {
      // Spaces of the agent are written as plus signs, or as in URLs.
      String agent = new String(b, from, to - from, UTF_8);
      sink.put(Names.USER_AGENT, agent.replace('+', ' ').replace("%20", " "));
      return true;
    }
    if (key.role() == Role.STATUS) {
      long status = Bytes.number(b, from, to);
      if (status > 0) {
        HttpExchange.status(status, sink);
      }
      return status > 0;
    }
    return false;
  }

  /** Puts the address of the resource, whose query has a column of its own or none. */
  static void target(Cells cells, int path, int query, FieldSink sink) {
    if (query < 0 || cells.isNothing(query)) {
      if (!cells.isNothing(path)) {
        cells.url(path, sink);
      }
    } else {
      Requests.url(cells.string(path) + '?' + cells.string(query), sink);
    }
  }
}

package dev.logdash.core.parse;

import dev.logdash.core.parse.Key.Role;
import java.util.HashMap;
import java.util.Map;

/**
 * What the fields of Zeek's logs mean, behind {@code #fields} and as keys of JSON. Who began a
 * connection is its source. A field that ECS has no name for stands under {@code zeek.}.
 */
final class ZeekKeys {

  private static final String PREFIX = "zeek.";
  private static final int LOOKED_AT = 200;
  private static final long SECOND = 1_000_000_000L;
  private static final Map<String, Key> KEYS = new HashMap<>();

  static {
    key("ts", Role.TIME, "@timestamp");
    key("uid", Role.TEXT, "zeek.session_id");
    key("id.orig_h", Role.IP, Names.SOURCE_IP);
    key("id.orig_p", Role.WHOLE, Names.SOURCE_PORT);
    key("id.resp_h", Role.IP, Names.DESTINATION_IP);
    key("id.resp_p", Role.WHOLE, Names.DESTINATION_PORT);
    key("proto", Role.TEXT, Names.TRANSPORT);
    key("service", Role.TEXT, Names.PROTOCOL);
    key("duration", Role.DURATION, Names.DURATION);
    key("orig_bytes", Role.WHOLE, "source.bytes");
    key("resp_bytes", Role.WHOLE, "destination.bytes");
    key("orig_pkts", Role.WHOLE, "source.packets");
    key("resp_pkts", Role.WHOLE, "destination.packets");
    key("orig_l2_addr", Role.TEXT, "source.mac");
    key("resp_l2_addr", Role.TEXT, "destination.mac");
    key("conn_state", Role.TEXT, "zeek.connection.state");
    key("community_id", Role.TEXT, "network.community_id");
    key("vlan", Role.TEXT, "network.vlan.id");
    key("query", Role.TEXT, "dns.question.name");
    key("qtype_name", Role.TEXT, "dns.question.type");
    key("qclass_name", Role.TEXT, "dns.question.class");
    key("rcode_name", Role.TEXT, "dns.response_code");
    key("trans_id", Role.TEXT, "dns.id");
    key("method", Role.METHOD, Names.METHOD);
    key("host", Role.TEXT, Names.DESTINATION_DOMAIN);
    key("uri", Role.URL, Names.URL_ORIGINAL);
    key("referrer", Role.TEXT, Names.REFERRER);
    key("user_agent", Role.TEXT, Names.USER_AGENT);
    key("request_body_len", Role.WHOLE, Names.REQUEST_BYTES);
    key("response_body_len", Role.WHOLE, Names.RESPONSE_BYTES);
    key("status_code", Role.STATUS, Names.STATUS);
    key("username", Role.TEXT, Names.USER);
    key("user", Role.TEXT, Names.USER);
    key("server_name", Role.TEXT, "tls.client.server_name");
    key("cipher", Role.TEXT, "tls.cipher");
    key("filename", Role.TEXT, "file.name");
    key("mime_type", Role.TEXT, "file.mime_type");
    key("md5", Role.TEXT, "file.hash.md5");
    key("sha1", Role.TEXT, "file.hash.sha1");
    key("sha256", Role.TEXT, "file.hash.sha256");
    key("note", Role.TEXT, "rule.name");
    key("msg", Role.MESSAGE, "message");
    key("src", Role.IP, Names.SOURCE_IP);
    key("dst", Role.IP, Names.DESTINATION_IP);
  }

  private ZeekKeys() {}

  private static void key(String name, Role role, String field) {
    KEYS.put(name, new Key(PREFIX + name, role, field, role == Role.DURATION ? SECOND : 0));
  }

  /** Whether an object is a log of Zeek about a connection: its time or kind comes first. */
  static boolean isIn(byte[] b, int from, int to) {
    return (Bytes.startsWith(b, from, to, "{\"ts\":")
            || Bytes.startsWith(b, from, to, "{\"_path\":"))
        && Bytes.indexOf(b, from, Math.min(to, from + LOOKED_AT), "\"id.orig_h\":") >= 0;
  }

  /** What a field means. */
  static Key of(String name) {
    Key known = KEYS.get(name);
    return known != null ? known : new Key(PREFIX + name, Role.PLAIN, PREFIX + name, 0);
  }
}

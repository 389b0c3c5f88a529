package dev.logdash.core.parse;

import dev.logdash.core.parse.Key.Role;
import java.util.HashMap;
import java.util.Map;

/**
 * The keys that libraries and people use for the same thing. They are compared without regard to
 * case, {@code _} and {@code -}, so {@code remote_addr}, {@code remoteAddr} and {@code Remote-Addr}
 * are one; a nested key is joined with dots.
 */
final class KnownKeys {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long MICRO = 1_000L;

  private static final Map<String, Key> KEYS = new HashMap<>();

  static {
    all(
        Role.MESSAGE,
        "message",
        "message msg @m @message log body shortmessage body.stringvalue textpayload"
            + " jsonpayload.message displaymessage");
    all(Role.FORMATTED_MESSAGE, "message", "formattedmessage renderedmessage");
    all(
        Role.TIME,
        "@timestamp",
        "@timestamp timestamp time ts t @t datetime date eventtime asctime timemillis timestampms"
            + " timelocal timeiso8601 logtime timegenerated logtimestamp"
            + " eventtimestamp createdat detectedat startutc realtimetimestamp timeunixnano published"
            + " requestreceivedtimestamp edgestarttimestamp logdate eventdate t.$date utctime");
    all(
        Role.LEVEL,
        Names.LEVEL,
        "level severity loglevel log.level levelname lvl severitytext @l priority");
    all(Role.LEVEL_NUMBER, "level_value", "levelvalue levelno");
    all(Role.OTEL_NUMBER, "severity_number", "severitynumber");
    all(Role.TEXT, Names.LOGGER, "logger loggername log.logger logger.name sourcecontext");
    all(Role.TEXT, Names.THREAD, "thread threadname process.thread.name logger.threadname");
    all(Role.WHOLE, Names.THREAD_ID, "threadid process.thread.id tid");
    all(Role.WHOLE, Names.PID, "pid processid process.pid procid");
    all(Role.TEXT, Names.PROCESS, "process.name processname syslogidentifier");
    all(Role.TEXT, Names.HOST, "host hostname host.hostname syslog.hostname");
    all(Role.SERVICE, Names.SERVICE, "service");
    all(
        Role.TEXT,
        Names.SERVICE,
        "servicename service.name resource.service.name app appname application"
            + " applicationname syslog.appname");
    all(Role.TEXT, Names.TRACE, "traceid trace.id mdc.traceid contextmap.traceid dd.traceid @tr");
    all(
        Role.TEXT,
        Names.SPAN,
        "spanid span.id mdc.spanid contextmap.spanid dd.spanid @sp"
            + " logging.googleapis.com/spanid");
    all(Role.TRACE_PATH, Names.TRACE, "trace logging.googleapis.com/trace");
    all(
        Role.TEXT,
        Names.USER,
        "user username userprincipalname actor.alternateid user.name usr.name remoteuser clientusername user.username"
            + " useridentity.username");
    all(Role.TEXT, "user.email", "email useremail user.email usr.email emailaddress");
    all(Role.TEXT, "user.id", "usr.id");
    all(
        Role.ADDRESS,
        Names.SOURCE_IP,
        "remoteaddr remoteaddress remoteip clientip clientaddr ip sourceip srcip source.ip remotehost"
            + " request.remoteaddr request.clientip remote clienthost req.remoteaddress"
            + " httprequest.remoteip downstreamremoteaddress sourceipaddress calleripaddress");
    all(
        Role.IP,
        Names.SOURCE_IP,
        "src srcaddr saddr remip ipaddr clientipaddress ipaddress client.ip client.ipaddress actorip rip"
            + " sourceaddress userip peeraddr peeraddress oip attr.remote fwd");
    all(
        Role.IP,
        Names.DESTINATION_IP,
        "dst dstip dstaddr daddr destip destinationip destination.ip destinationaddress destaddr"
            + " lip");
    all(
        Role.WHOLE,
        Names.SOURCE_PORT,
        "remoteport source.port request.remoteport srcport sourceport clientport spt"
            + " req.remoteport clientsrcport client.port network.client.port");
    all(
        Role.WHOLE,
        Names.DESTINATION_PORT,
        "dstport dpt destport destinationport destination.port");
    all(
        Role.METHOD,
        Names.METHOD,
        "method httpmethod requestmethod http.method http.request.method verb request.method"
            + " req.method httprequest.requestmethod clientrequestmethod");
    all(
        Role.STATUS,
        Names.STATUS,
        "status statuscode httpstatus httpstatuscode http.status http.statuscode responsestatus"
            + " responsecode http.response.statuscode response.status response.statuscode"
            + " res.statuscode returnstatus downstreamstatus httprequest.status"
            + " edgeresponsestatus responsestatus.code");
    all(
        Role.WHOLE,
        Names.RESPONSE_BYTES,
        "bytes bytessent bodybytessent responsesize http.response.body.bytes downstreamcontentsize"
            + " edgeresponsebytes responsebodysize responsebodybytes httprequest.responsesize");
    all(
        Role.WHOLE,
        Names.REQUEST_BYTES,
        "requestlength requestcontentsize requestbodysize httprequest.requestsize"
            + " http.request.body.bytes");
    all(
        Role.URL,
        Names.URL_ORIGINAL,
        "path uri url urlpath url.path requesturi requestpath requesturl request.uri request.url"
            + " httpurl http.url http.target url.original req.url"
            + " httprequest.requesturl clientrequesturi request.path request.url.path http.path"
            + " httprequest.uri");
    all(Role.TEXT, Names.URL_QUERY, "querystring url.query");
    all(
        Role.HTTP_VERSION,
        Names.HTTP_VERSION,
        "protocol proto httpversion http.version request.proto serverprotocol"
            + " requestprotocol clientrequestprotocol request.version httprequest.protocol"
            + " request.protocol httprequest.httpversion");
    all(
        Role.TEXT,
        Names.REFERRER,
        "referer referrer httpreferer http.referer httpreferrer http.request.referrer request.headers.referer"
            + " requestreferer clientrequestreferer httprequest.referer");
    all(
        Role.TEXT,
        Names.USER_AGENT,
        "useragent ua httpuseragent rawuseragent agent useragent.original requestuseragent"
            + " request.headers.useragent clientrequestuseragent httprequest.useragent"
            + " httpuseragent request.useragent");
    all(Role.REQUEST, Names.METHOD, "request");
    all(Role.PLACE, "caller", "caller source");
    all(Role.TEXT, Names.ORIGIN_FILE, "codefile source.file log.origin.file.name");
    all(
        Role.WHOLE,
        Names.ORIGIN_LINE,
        "codeline lineno linenumber source.line log.origin.file.line");
    all(Role.TEXT, Names.ORIGIN_FUNCTION, "codefunc funcname source.function log.origin.function");
    all(Role.TEXT, Names.ROUTE, "route http.route");
    all(
        Role.STACK_TRACE,
        Names.STACK_TRACE,
        "stacktrace stack error.stacktrace exceptionstacktrace excinfo exception throwable @x"
            + " thrown.extendedstacktrace err.stack error.stack exception.stacktrace"
            + " throwable.steparray");
    all(
        Role.TEXT,
        Names.ERROR_TYPE,
        "errortype exceptiontype exceptionclass error.type err.type exception.type thrown.name"
            + " error.kind"
            + " throwable.classname error.class exception.class exception.exceptionclass");
    all(
        Role.TEXT,
        Names.ERROR_MESSAGE,
        "error err error.message err.message exception.message thrown.message throwable.message"
            + " errormessage exceptionmessage exception.exceptionmessage");
    all(Role.TEXT, "rule.name", "alert.signature");
    all(Role.TEXT, "rule.id", "alert.signatureid");
    all(Role.TEXT, "rule.category", "alert.category");
    nested();
    all(Role.TEXT, Names.ERROR_CODE, "errorcode error.code");
    google();
    loguru();
    journal();
    durations();
  }

  private KnownKeys() {}

  /** What a key means; a key that is not known keeps its name. */
  static Key of(String key) {
    Key known = KEYS.get(normalise(key));
    if (known == null) {
      String own = key.isEmpty() ? "_" : key;
      return new Key(own, Role.PLAIN, own, 0, NestedKeys.hint(normalise(key), KEYS));
    }
    if (key.equals("responseTime")) {
      // Pino, Fastify and Kibana count milliseconds; other notations of the name are nginx's.
      return new Key(key, known.role(), known.field(), MILLI, known.hint());
    }
    String field = known.role() == Role.PLAIN ? key : known.field();
    return new Key(key, known.role(), field, known.scale(), known.hint());
  }

  /** Keys that mean something only where nothing else in the record means the same. */
  private static void nested() {
    for (String key :
        ("created starttime start eventstart observedtimeunixnano clienttsms generatedat issuedat"
                + " sourcerealtimetimestamp creationtime occurredat startedat timecreated"
                + " eventdatetime activitydatetime createddatetime triggeredat loggedat")
            .split(" ", -1)) {
      KEYS.put(key, new Key(key, Role.PLAIN, key, 0, new Key(key, Role.TIME, "@timestamp", 0)));
    }
    Key level = new Key("at", Role.LEVEL_WORD, Names.LEVEL, 0);
    KEYS.put("at", new Key("at", Role.PLAIN, "at", 0, level));
    // Datadog names the level so; in other records it is the status of an answer or of anything.
    KEYS.put("status", new Key("status", Role.STATUS, Names.STATUS, 0, level));
    Key message = new Key("description", Role.MESSAGE, "message", 0);
    KEYS.put("description", new Key("description", Role.PLAIN, "description", 0, message));
    Key peer = new Key("remoteip", Role.IP, Names.SOURCE_IP, 0);
    KEYS.put("request.remoteip", new Key("remoteip", Role.PLAIN, "remoteip", 0, peer));
  }

  /** The place in the code, as Google's logging has it on its way in and out. */
  private static void google() {
    for (String place : "logging.googleapis.com/sourcelocation sourcelocation".split(" ", -1)) {
      all(Role.TEXT, Names.ORIGIN_FILE, place + ".file");
      all(Role.WHOLE, Names.ORIGIN_LINE, place + ".line");
      all(Role.TEXT, Names.ORIGIN_FUNCTION, place + ".function");
    }
  }

  /** What Loguru serialises. */
  private static void loguru() {
    all(Role.MESSAGE, "message", "record.message");
    all(Role.LEVEL, Names.LEVEL, "record.level.name");
    all(Role.TIME, "@timestamp", "record.time.timestamp");
    all(Role.TEXT, Names.LOGGER, "record.name");
    all(Role.TEXT, Names.ORIGIN_FUNCTION, "record.function");
    all(Role.TEXT, Names.ORIGIN_FILE, "record.file.name");
    all(Role.WHOLE, Names.ORIGIN_LINE, "record.line");
    all(Role.WHOLE, Names.PID, "record.process.id");
    all(Role.PLAIN, "record.process.name", "record.process.name");
    all(Role.TEXT, Names.THREAD, "record.thread.name");
  }

  /** The fields of systemd's journal, whose leading underscores do not count. */
  private static void journal() {
    all(Role.TEXT, "systemd.unit", "systemdunit");
    all(Role.TEXT, "systemd.user_unit", "systemduserunit");
    all(Role.TEXT, "systemd.slice", "systemdslice");
    all(Role.TEXT, "host.id", "machineid");
    all(Role.TEXT, "host.boot.id", "bootid");
    all(Role.TEXT, Names.COMMAND, "cmdline");
    all(Role.WHOLE, Names.SYSLOG_FACILITY, "syslogfacility");
    all(Role.WHOLE, Names.PID, "syslogpid");
  }

  private static void all(Role role, String field, String keys) {
    for (String key : keys.split(" ", -1)) {
      KEYS.put(key, new Key(key, role, field, 0));
    }
  }

  private static void durations() {
    String[] things = {
      "duration",
      "dur",
      "elapsed",
      "elapsedtime",
      "took",
      "latency",
      "responsetime",
      "requesttime",
      "requestduration",
      "executiontime",
      "processingtime",
      "responseduration"
    };
    for (String thing : things) {
      duration(thing, 0);
      duration(thing + "s", SECOND);
      duration(thing + "sec", SECOND);
      duration(thing + "seconds", SECOND);
      duration(thing + "ms", MILLI);
      duration(thing + "millis", MILLI);
      duration(thing + "milliseconds", MILLI);
      duration(thing + "us", MICRO);
      duration(thing + "micros", MICRO);
      duration(thing + "ns", 1);
      duration(thing + "nanos", 1);
    }
    duration("event.duration", 1);
    // nginx and Elasticsearch document the units of these.
    duration("requesttime", SECOND);
    duration("upstreamresponsetime", SECOND);
    duration("took", MILLI);
    duration("httprequest.latency", SECOND);
    // Serilog's own property; it names the unit in the template alone.
    Key elapsed = new Key("elapsed", Role.DURATION, Names.DURATION, MILLI);
    KEYS.put("properties.elapsed", new Key("elapsed", Role.PLAIN, "elapsed", 0, elapsed));
  }

  private static void duration(String key, long scale) {
    KEYS.put(key, new Key(key, Role.DURATION, Names.DURATION, scale));
  }

  private static String normalise(String key) {
    StringBuilder text = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        text.append((char) (c + 32));
      } else if (c != '_' && c != '-' && c != ' ') {
        text.append(c);
      }
    }
    return text.toString();
  }
}

package dev.logdash.core.parse;

/** The ECS names that parsers give to fields. */
final class Names {

  static final String SERVICE = "service.name";
  static final String LOGGER = "log.logger";

  /** {@code stdout} or {@code stderr}; the name is that of OpenTelemetry. */
  static final String STREAM = "log.iostream";

  static final String LEVEL = "log.level";
  static final String ORIGIN_FILE = "log.origin.file.name";
  static final String ORIGIN_FUNCTION = "log.origin.function";
  static final String ORIGIN_LINE = "log.origin.file.line";
  static final String THREAD = "process.thread.name";
  static final String THREAD_ID = "process.thread.id";
  static final String PROCESS = "process.name";
  static final String PID = "process.pid";
  static final String HOST = "host.hostname";
  static final String TRACE = "trace.id";
  static final String SPAN = "span.id";
  static final String USER = "user.name";
  static final String SOURCE_IP = "source.ip";
  static final String SOURCE_ADDRESS = "source.address";
  static final String SOURCE_PORT = "source.port";
  static final String SOURCE_DOMAIN = "source.domain";
  static final String DESTINATION_IP = "destination.ip";
  static final String DESTINATION_PORT = "destination.port";
  static final String DESTINATION_DOMAIN = "destination.domain";
  static final String METHOD = "http.request.method";
  static final String REFERRER = "http.request.referrer";
  static final String STATUS = "http.response.status_code";
  static final String COMMAND = "process.command_line";
  static final String TRANSPORT = "network.transport";
  static final String PROTOCOL = "network.protocol";
  static final String REQUEST_BYTES = "http.request.body.bytes";
  static final String RESPONSE_BYTES = "http.response.body.bytes";
  static final String HTTP_VERSION = "http.version";
  static final String ROUTE = "http.route";
  static final String URL_ORIGINAL = "url.original";
  static final String URL_PATH = "url.path";
  static final String URL_QUERY = "url.query";
  static final String USER_AGENT = "user_agent.original";
  static final String DURATION = "event.duration";
  static final String ERROR_TYPE = "error.type";
  static final String ERROR_MESSAGE = "error.message";
  static final String ERROR_CODE = "error.code";
  static final String STACK_TRACE = "error.stack_trace";
  static final String SYSLOG_PRIORITY = "log.syslog.priority";
  static final String SYSLOG_FACILITY = "log.syslog.facility.code";
  static final String SYSLOG_SEVERITY = "log.syslog.severity.code";
  static final String SYSLOG_VERSION = "log.syslog.version";
  static final String SYSLOG_MESSAGE_ID = "log.syslog.msgid";
  static final String SYSLOG_DATA = "log.syslog.structured_data.";

  private Names() {}
}

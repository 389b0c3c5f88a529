package dev.logdash.api.event;

/**
 * Names of the Elastic Common Schema that the product itself reads or writes. Attributes may have
 * any other name as well.
 */
public final class EcsFields {

  public static final String TIMESTAMP = "@timestamp";
  public static final String EVENT_ID = "event.id";
  public static final String EVENT_INGESTED = "event.ingested";
  public static final String MESSAGE = "message";
  public static final String LOG_LEVEL = "log.level";
  public static final String SEVERITY = "event.severity";
  public static final String SERVICE_NAME = "service.name";
  public static final String TRACE_ID = "trace.id";
  public static final String SPAN_ID = "span.id";
  public static final String LOG_SOURCE = "log.source";
  public static final String LOGGER = "log.logger";

  /** The id of the form of the message; no field of ECS. */
  public static final String LOG_FORM = "log.form";

  public static final String THREAD_NAME = "process.thread.name";
  public static final String HOST_NAME = "host.hostname";
  public static final String ERROR_TYPE = "error.type";
  public static final String ERROR_MESSAGE = "error.message";
  public static final String STACK_TRACE = "error.stack_trace";
  public static final String HTTP_METHOD = "http.request.method";
  public static final String HTTP_STATUS = "http.response.status_code";
  public static final String URL_PATH = "url.path";
  public static final String URL_ORIGINAL = "url.original";

  /** The route template where the log names it, for example {@code /users/{id}}. */
  public static final String HTTP_ROUTE = "http.route";

  /** How long the logged thing took, in nanoseconds, as ECS has it. */
  public static final String DURATION = "event.duration";

  private EcsFields() {}
}

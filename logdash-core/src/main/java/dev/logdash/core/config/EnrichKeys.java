package dev.logdash.core.config;

import java.util.List;

/** The settings of what is added to events beyond what their lines say. */
public final class EnrichKeys {

  /**
   * What follows this names a table and one of its settings, for example {@code hosts.file}; they
   * are checked where the table is read.
   */
  public static final String LOOKUP = "logdash.enrich.lookup.";

  public static final ConfigKey<Boolean> IDENTITY =
      new ConfigKey<>(
          "enrich.identity",
          ConfigType.bool(),
          "true",
          "Whether events without a service, host, process or container get them from what else"
              + " the record says: the fields of Kubernetes, Docker and OpenTelemetry, and the path"
              + " of a container's log.");

  public static final ConfigKey<String> SERVICE =
      new ConfigKey<>(
          "enrich.service",
          ConfigType.any("the name of a service, or nothing"),
          "",
          "The service of events for which nothing names one.");

  public static final ConfigKey<Boolean> TRACE =
      new ConfigKey<>(
          "enrich.trace",
          ConfigType.bool(),
          "true",
          "Whether events without trace.id and span.id get them from a W3C traceparent in a field"
              + " or in the message.");

  public static final ConfigKey<Boolean> FINGERPRINT =
      new ConfigKey<>(
          "enrich.fingerprint",
          ConfigType.bool(),
          "true",
          "Whether events with a stack trace of Java get error.grouping_key, which is the same for"
              + " the same exception from the same place.");

  public static final ConfigKey<List<String>> FINGERPRINT_IN_APP =
      new ConfigKey<>(
          "enrich.fingerprint.in-app",
          ConfigType.list("beginnings of packages with commas between them, or nothing"),
          "",
          "The packages whose frames tell the place of an exception, for example com.example."
              + " Without it all but those of the JDK and the known frameworks.");

  public static final ConfigKey<Boolean> FORM =
      new ConfigKey<>(
          "enrich.form",
          ConfigType.bool(),
          "true",
          "Whether events get log.form, which is the same for messages that differ in numbers,"
              + " addresses, times and the like alone. The patterns of Explore count by it.");

  public static final ConfigKey<Boolean> USER_AGENT =
      new ConfigKey<>(
          "enrich.user-agent",
          ConfigType.bool(),
          "false",
          "Whether user_agent.original is also split into the program, its version, the operating"
              + " system and the device.");

  public static final ConfigKey<List<String>> GEOIP_DATABASE =
      new ConfigKey<>(
          "enrich.geoip.database",
          ConfigType.list("paths with commas between them, or nothing"),
          "",
          "Files in the format of MaxMind DB, with cities, countries or autonomous systems, by which"
              + " source.ip and client.ip get a place. They are read into memory at the start.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          IDENTITY,
          SERVICE,
          TRACE,
          FINGERPRINT,
          FINGERPRINT_IN_APP,
          FORM,
          USER_AGENT,
          GEOIP_DATABASE);

  private EnrichKeys() {}
}

package dev.logdash.core.config;

/** Which part of the work a process of 'logdash serve' does. */
public enum ServerRole {
  /** Everything. */
  ALL,
  /** Takes logs in and brings them to the topic. */
  INGEST,
  /** Takes logs from the topic and stores them. */
  PROCESS,
  /** Shows what is stored, and watches the rules. */
  DASHBOARD;

  /** Whether logs come in here. */
  public boolean takesIn() {
    return this == ALL || this == INGEST;
  }

  /** Whether logs are stored from here. */
  public boolean processes() {
    return this == ALL || this == PROCESS;
  }

  /** Whether people look at logs here. */
  public boolean shows() {
    return this == ALL || this == DASHBOARD;
  }
}

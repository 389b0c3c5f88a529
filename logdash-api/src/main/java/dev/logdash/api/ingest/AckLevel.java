package dev.logdash.api.ingest;

/** How safe an accepted record is. Each level includes those before it. */
public enum AckLevel {
  /** In the memory of this process: survives nothing. */
  ACCEPTED,
  /** In the spool, handed to the operating system: survives the death of the process. */
  SPOOLED,
  /** In the spool, forced to the disk: survives a power loss. */
  FSYNCED,
  /** At the broker, acknowledged by all in-sync replicas: survives the loss of the host. */
  BROKERED
}

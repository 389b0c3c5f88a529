package dev.logdash.core.spool;

/** When a spool forces records to the disk that nobody asked it to force. */
public enum FsyncPolicy {
  /** When a segment is full, and on closing. */
  NONE,
  /** Also at an interval, while there is something to force. */
  INTERVAL,
  /** Before each append is answered; one force serves all that wait. */
  GROUP
}

package dev.logdash.api.auth;

/** Something that can be allowed. Stored by name, so a name never changes its meaning. */
public enum Permission {
  /** Find events, count them, look at one and its neighbours. */
  SEARCH(true),
  /** Follow events as they come. */
  TAIL(true),
  /** See the statistics of services and routes. */
  OVERVIEW(true),
  /** See how the pipeline does: rates, lag, space, drops. */
  PIPELINE(false),
  /** Keep searches of one's own. */
  SAVED_SEARCHES(true),
  /** See and change rules, and see what fires. */
  RULES(true),
  /** Silence notifications. */
  SILENCES(true),
  /** See the lines that could not be understood or stored. */
  DEAD_LETTERS(false),
  /** See how a line would be parsed. */
  INGEST_DEBUG(true),
  /** See and change users and what they are granted. */
  USERS(false),
  /** See and change roles. */
  ROLES(false),
  /** See, make and revoke API keys. */
  API_KEYS(false),
  /** See and change where notifications go. */
  CHANNELS(false),
  /** See and change settings. */
  SETTINGS(false),
  /** Read and verify the record of what was done. */
  AUDIT(false),
  /** Send logs in. */
  INGEST(true);

  private final boolean withinScope;

  Permission(boolean withinScope) {
    this.withinScope = withinScope;
  }

  /**
   * Whether it means something for a part of the events. One that does not is of no use to whoever
   * holds it for less than all of them.
   */
  public boolean withinScope() {
    return withinScope;
  }
}

package dev.logdash.api.auth;

/** Something that can be allowed. Stored by name, so a name never changes its meaning. */
public enum Permission {
  /** Find events, count them, look at one and its neighbours. */
  SEARCH,
  /** Follow events as they come. */
  TAIL,
  /** See the statistics of services and routes. */
  OVERVIEW,
  /** See how the pipeline does: rates, lag, space, drops. */
  PIPELINE,
  /** Keep searches of one's own. */
  SAVED_SEARCHES,
  /** See and change rules, and see what fires. */
  RULES,
  /** Silence notifications. */
  SILENCES,
  /** See the lines that could not be understood or stored. */
  DEAD_LETTERS,
  /** See how a line would be parsed. */
  INGEST_DEBUG,
  /** See and change users and what they are granted. */
  USERS,
  /** See and change roles. */
  ROLES,
  /** See, make and revoke API keys. */
  API_KEYS,
  /** See and change where notifications go. */
  CHANNELS,
  /** See and change settings. */
  SETTINGS,
  /** Read and verify the record of what was done. */
  AUDIT,
  /** Send logs in. */
  INGEST
}

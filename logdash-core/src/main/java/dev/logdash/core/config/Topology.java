package dev.logdash.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Which backends an installation has and what this process does of its work. A combination that
 * would split or lose data cannot be made.
 *
 * @param role what this process does
 * @param kafka whether a topic is between those who take logs in and those who store them
 */
public record Topology(
    ServerRole role, boolean kafka, StoreKind store, RollupsKind rollups, CacheKind cache) {

  /**
   * The topology of a process that stores what it takes in, or what its topic holds.
   *
   * @throws ConfigException naming what is to be set, if parts of it do not go together
   */
  public static Topology of(LogdashConfig config) {
    Topology topology =
        new Topology(
            config.get(BackendKeys.SERVER_ROLE),
            config.get(ConfigKeys.INGEST) instanceof IngestTarget.Kafka,
            config.get(BackendKeys.STORE),
            config.get(BackendKeys.ROLLUPS),
            config.get(BackendKeys.CACHE));
    List<String> problems = new ArrayList<>(topology.splits());
    topology.unnamed(config, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return topology;
  }

  /** Whether nothing outside of the data folder is used. */
  public boolean isEmbedded() {
    return !kafka
        && store == StoreKind.EMBEDDED
        && rollups == RollupsKind.EMBEDDED
        && cache == CacheKind.MEMORY;
  }

  /** Whether the data folder has an index or statistics in it, which one process alone can use. */
  public boolean keepsInFolder() {
    return store == StoreKind.EMBEDDED || rollups == RollupsKind.EMBEDDED;
  }

  /**
   * Whether this process reads the whole topic itself: what it stores in its own folder, others
   * cannot see, so none of it may be left to them.
   */
  public boolean readsAlone() {
    return kafka && keepsInFolder();
  }

  private List<String> splits() {
    List<String> problems = new ArrayList<>();
    if (role == ServerRole.ALL) {
      return problems;
    }
    String name = BackendKeys.SERVER_ROLE.name() + " = " + lower(role);
    if (!kafka) {
      problems.add(
          name
              + ": processes of different roles meet in a topic; set "
              + ConfigKeys.INGEST.name()
              + "=kafka, or the role to all");
    }
    if (store == StoreKind.EMBEDDED && role != ServerRole.INGEST) {
      problems.add(
          name
              + ": an index in the data folder has one process, which stores and shows; set "
              + BackendKeys.STORE.name()
              + "=elasticsearch, or the role to all");
    }
    if (rollups == RollupsKind.EMBEDDED) {
      problems.add(
          name
              + ": users, keys and statistics in the data folder have one process; set "
              + BackendKeys.ROLLUPS.name()
              + "=mongo, or the role to all");
    }
    return problems;
  }

  private void unnamed(LogdashConfig config, List<String> problems) {
    boolean shares = role.shows() && rollups == RollupsKind.MONGO;
    if (shares && config.get(ConfigKeys.SECRET_KEY).isEmpty()) {
      problems.add(
          missing(ConfigKeys.SECRET_KEY.name(), "what 'openssl rand -base64 32' prints")
              + ", the same for all processes: each could read the secrets of alert channels of its"
              + " own making alone");
    }
    if (kafka && !config.below(BackendKeys.KAFKA).containsKey(BackendKeys.KAFKA_SERVERS)) {
      problems.add(missing(BackendKeys.KAFKA + BackendKeys.KAFKA_SERVERS, "localhost:9092"));
    }
    if (store == StoreKind.ELASTICSEARCH && config.get(BackendKeys.ELASTICSEARCH_URLS).isEmpty()) {
      problems.add(missing(BackendKeys.ELASTICSEARCH_URLS.name(), "https://localhost:9200"));
    }
    if (rollups == RollupsKind.MONGO && config.get(BackendKeys.MONGO_URL).isEmpty()) {
      problems.add(missing(BackendKeys.MONGO_URL.name(), "mongodb://localhost:27017"));
    }
    if (cache == CacheKind.REDIS && config.get(BackendKeys.REDIS_URL).isEmpty()) {
      problems.add(missing(BackendKeys.REDIS_URL.name(), "redis://localhost:6379"));
    }
  }

  private static String missing(String name, String example) {
    return name + ": not set; for example " + example;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }
}

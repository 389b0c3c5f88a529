package dev.logdash.core.config;

import java.util.List;

/** The settings of what an installation grows to: other stores, a topic, several processes. */
public final class BackendKeys {

  /**
   * What follows this is a property of Kafka's clients and goes to them as it is, but for the
   * settings below that start with it.
   */
  public static final String KAFKA = "logdash.kafka.";

  /** The property of Kafka that has to be set. */
  public static final String KAFKA_SERVERS = "bootstrap.servers";

  public static final ConfigKey<ServerRole> SERVER_ROLE =
      new ConfigKey<>(
          "server.role",
          ConfigType.oneOf(ServerRole.class),
          "all",
          "What a process of 'logdash serve' does: ingest takes logs in and brings them to Kafka,"
              + " process stores them from there, dashboard shows them and watches the rules, all"
              + " does everything.");

  public static final ConfigKey<String> KAFKA_TOPIC =
      new ConfigKey<>(
          "kafka.topic",
          ConfigType.text("the name of a topic"),
          "logdash",
          "The topic that logs are brought to; made where it does not exist. Its dead letters are in"
              + " the topic of this name with .dlq behind it. Every other setting below"
              + " logdash.kafka goes to Kafka's clients, for example"
              + " logdash.kafka.bootstrap.servers, which has to be set.");

  public static final ConfigKey<List<String>> KAFKA_TOPICS =
      new ConfigKey<>(
          "kafka.topics",
          ConfigType.list("names or patterns such as app-*, with commas between them, or nothing"),
          "",
          "More topics that logs are stored from, which other programs write: a line of text or a"
              + " JSON document in each record.");

  public static final ConfigKey<String> KAFKA_GROUP =
      new ConfigKey<>(
          "kafka.group",
          ConfigType.text("the name of a consumer group"),
          "logdash",
          "The consumer group of the processes that store, who share the work.");

  public static final ConfigKey<Integer> KAFKA_PARTITIONS =
      new ConfigKey<>(
          "kafka.partitions",
          ConfigType.integer(1, 10_000),
          "6",
          "How many partitions the topic gets where it is made: at most so many processes share the"
              + " work.");

  public static final ConfigKey<StoreKind> STORE =
      new ConfigKey<>(
          "store",
          ConfigType.oneOf(StoreKind.class),
          "embedded",
          "Where events are kept for search: in the data folder, or in Elasticsearch.");

  public static final ConfigKey<List<String>> ELASTICSEARCH_URLS =
      new ConfigKey<>(
          "elasticsearch.urls",
          ConfigType.list("addresses with commas between them, or nothing"),
          "",
          "The nodes of Elasticsearch, for example https://es1:9200, https://es2:9200.");

  public static final ConfigKey<String> ELASTICSEARCH_API_KEY =
      new ConfigKey<>(
          "elasticsearch.api-key",
          ConfigType.secret("an API key as Elasticsearch encodes it, or nothing"),
          "",
          "An API key of Elasticsearch.");

  public static final ConfigKey<String> ELASTICSEARCH_USERNAME =
      new ConfigKey<>(
          "elasticsearch.username",
          ConfigType.any("the name of a user, or nothing"),
          "",
          "A user of Elasticsearch, where there is no API key.");

  public static final ConfigKey<String> ELASTICSEARCH_PASSWORD =
      new ConfigKey<>(
          "elasticsearch.password",
          ConfigType.secretText("a password, or nothing"),
          "",
          "The password of that user.");

  public static final ConfigKey<String> ELASTICSEARCH_CA_FILE =
      new ConfigKey<>(
          "elasticsearch.ca-file",
          ConfigType.any("a file, or nothing"),
          "",
          "The certificate of the authority that signed those of Elasticsearch, as PEM; without it"
              + " those of Java are trusted.");

  public static final ConfigKey<String> ELASTICSEARCH_CERTIFICATE_FILE =
      new ConfigKey<>(
          "elasticsearch.certificate-file",
          ConfigType.any("a file, or nothing"),
          "",
          "A certificate that is shown where Elasticsearch wants one, with its key (PKCS #8 without a"
              + " password), as PEM.");

  public static final ConfigKey<Integer> ELASTICSEARCH_COMPATIBILITY =
      new ConfigKey<>(
          "elasticsearch.compatibility",
          ConfigType.integer(8, 9),
          "9",
          "The major version of Elasticsearch.");

  public static final ConfigKey<Integer> ELASTICSEARCH_SHARDS =
      new ConfigKey<>(
          "elasticsearch.shards",
          ConfigType.integer(1, 1_024),
          "1",
          "How many shards the index of a day has.");

  public static final ConfigKey<Integer> ELASTICSEARCH_REPLICAS =
      new ConfigKey<>(
          "elasticsearch.replicas",
          ConfigType.integer(0, 16),
          "1",
          "How many copies each of them has beside it.");

  public static final ConfigKey<RollupsKind> ROLLUPS =
      new ConfigKey<>(
          "rollups",
          ConfigType.oneOf(RollupsKind.class),
          "embedded",
          "Where statistics are kept, and with them users, rules, saved searches and the state of"
              + " the work: in the data folder, or in MongoDB.");

  public static final ConfigKey<String> MONGO_URL =
      new ConfigKey<>(
          "mongo.url",
          ConfigType.secret("a connection string such as mongodb://host:27017, or nothing"),
          "",
          "How MongoDB is reached, with user, password and TLS in it where they are needed.");

  public static final ConfigKey<String> MONGO_DATABASE =
      new ConfigKey<>(
          "mongo.database",
          ConfigType.text("the name of a database"),
          "logdash",
          "The database in MongoDB.");

  public static final ConfigKey<String> MONGO_CA_FILE =
      new ConfigKey<>(
          "mongo.ca-file",
          ConfigType.any("a file, or nothing"),
          "",
          "The certificate of the authority that signed those of MongoDB, as PEM; without it those"
              + " of Java are trusted. The connection string has to say tls=true.");

  public static final ConfigKey<String> MONGO_CERTIFICATE_FILE =
      new ConfigKey<>(
          "mongo.certificate-file",
          ConfigType.any("a file, or nothing"),
          "",
          "A certificate that is shown where MongoDB wants one, with its key (PKCS #8 without a"
              + " password), as PEM. The connection string has to say tls=true.");

  public static final ConfigKey<CacheKind> CACHE =
      new ConfigKey<>(
          "cache",
          ConfigType.oneOf(CacheKind.class),
          "memory",
          "Where the panels of dashboards are kept for a moment: in each process, or in Redis, where"
              + " all processes share them, live tails and the count of failed sign-ins.");

  public static final ConfigKey<String> REDIS_URL =
      new ConfigKey<>(
          "redis.url",
          ConfigType.secret("an address such as redis://host:6379, or nothing"),
          "",
          "How Redis is reached, with user, password and TLS (rediss://) in it where they are"
              + " needed.");

  public static final ConfigKey<String> REDIS_CA_FILE =
      new ConfigKey<>(
          "redis.ca-file",
          ConfigType.any("a file, or nothing"),
          "",
          "The certificate of the authority that signed that of Redis, as PEM; without it those of"
              + " Java are trusted. The address has to be rediss://.");

  public static final ConfigKey<String> REDIS_CERTIFICATE_FILE =
      new ConfigKey<>(
          "redis.certificate-file",
          ConfigType.any("a file, or nothing"),
          "",
          "A certificate that is shown where Redis wants one, with its key (PKCS #8 without a"
              + " password), as PEM. The address has to be rediss://.");

  public static final ConfigKey<String> METRICS_TOKEN =
      new ConfigKey<>(
          "metrics.token",
          ConfigType.secret("at least 16 characters without spaces, or nothing"),
          "",
          "What Prometheus sends as 'Authorization: Bearer' to read /metrics. Without it only people"
              + " who may see the pipeline can.");

  /** All of them, in the order of the documentation. */
  static final List<ConfigKey<?>> ALL =
      List.of(
          SERVER_ROLE,
          KAFKA_TOPIC,
          KAFKA_TOPICS,
          KAFKA_GROUP,
          KAFKA_PARTITIONS,
          STORE,
          ELASTICSEARCH_URLS,
          ELASTICSEARCH_API_KEY,
          ELASTICSEARCH_USERNAME,
          ELASTICSEARCH_PASSWORD,
          ELASTICSEARCH_CA_FILE,
          ELASTICSEARCH_CERTIFICATE_FILE,
          ELASTICSEARCH_COMPATIBILITY,
          ELASTICSEARCH_SHARDS,
          ELASTICSEARCH_REPLICAS,
          ROLLUPS,
          MONGO_URL,
          MONGO_DATABASE,
          MONGO_CA_FILE,
          MONGO_CERTIFICATE_FILE,
          CACHE,
          REDIS_URL,
          REDIS_CA_FILE,
          REDIS_CERTIFICATE_FILE,
          METRICS_TOKEN);

  private BackendKeys() {}
}

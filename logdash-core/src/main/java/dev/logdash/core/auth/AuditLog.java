package dev.logdash.core.auth;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.core.json.JsonDocument;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What was done, by whom, from where: records that are only ever added, each with the SHA-256 of
 * the one before it, so that a record cannot be changed or taken out without being noticed. Whoever
 * can write to the store can still make the whole chain anew; keep {@link Verification#head}
 * elsewhere to notice that as well.
 *
 * <p>A record is one document: its hash, the hash before, and one line of JSON. Several processes
 * may add to one chain.
 */
public final class AuditLog {

  private static final String PREFIX = "auth/audit/";
  private static final String HEAD = "auth/audit-head";
  private static final String ROOT = "0".repeat(64);
  private static final int PAGE = 1_000;

  /** Others may add at the same time; each try that fails means that another one succeeded. */
  private static final int MAX_TRIES = 1_000;

  private final DocumentStore store;
  private final Clock clock;

  public AuditLog(DocumentStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What can be done. Stored by name. */
  public enum Action {
    SET_UP_OFFERED,
    SET_UP_COMPLETED,
    SET_UP_REFUSED,
    SIGNED_IN,
    SIGN_IN_REFUSED,
    SIGNED_OUT,
    ACCESS_DENIED,
    USER_ADDED,
    USER_REMOVED,
    USER_DISABLED,
    USER_ENABLED,
    PASSWORD_CHANGED,
    GRANTS_CHANGED,
    ROLE_CHANGED,
    ROLE_REMOVED,
    API_KEY_ADDED,
    API_KEY_REVOKED,
    SETTING_CHANGED,
    RULE_CHANGED,
    CHANNEL_CHANGED
  }

  /**
   * One thing done.
   *
   * @param who the name of the principal; empty if unknown
   * @param where the address of the client; empty for the process itself
   * @param subject what it was done to
   * @param change what it was before and what it is now, without secrets; may be empty
   */
  public record Entry(Action action, String who, String where, String subject, String change) {}

  /**
   * An entry with its place in the chain.
   *
   * @param number from 1
   */
  public record Recorded(long number, Instant time, Entry entry) {}

  /**
   * What a look at the whole chain says.
   *
   * @param records how many are in order, from the first on
   * @param head the hash of the last of them
   * @param fault names the record that was changed or is missing; empty if all are in order
   */
  public record Verification(long records, String head, String fault) {}

  /** Adds a record; durable when it completes. Fails if it cannot be written. */
  public Mono<Void> append(Entry entry) {
    return store
        .get(HEAD)
        .map(AuditLog::place)
        .defaultIfEmpty(new Place(0, ROOT))
        .flatMap(last -> append(entry, last, MAX_TRIES));
  }

  /** Records behind a number, the oldest first. */
  public Flux<Recorded> list(long after, int limit) {
    return store.list(PREFIX, key(after), limit).map(AuditLog::recorded);
  }

  /** The newest records, the newest last. */
  public Flux<Recorded> latest(int limit) {
    return store
        .get(HEAD)
        .map(head -> Math.max(0, place(head).number - limit))
        .defaultIfEmpty(0L)
        .flatMapMany(after -> list(after, limit));
  }

  /** Goes through the whole chain, from the first record to the last. */
  public Mono<Verification> verify() {
    return store
        .get(HEAD)
        .map(AuditLog::place)
        .defaultIfEmpty(new Place(0, ROOT))
        .flatMap(head -> verify(head, new Chain(head), ""));
  }

  private Mono<Verification> verify(Place head, Chain chain, String after) {
    return store
        .list(PREFIX, after, PAGE)
        .collectList()
        .flatMap(
            page -> {
              for (Document document : page) {
                if (!chain.follow(document)) {
                  return Mono.just(chain.verification());
                }
              }
              if (page.size() == PAGE) {
                return verify(head, chain, page.get(PAGE - 1).key());
              }
              chain.end();
              return Mono.just(chain.verification());
            });
  }

  private Mono<Void> append(Entry entry, Place last, int tries) {
    if (tries == 0) {
      return Mono.error(
          new BackendException.Overloaded("too many records are being written at once", null));
    }
    long number = last.number + 1;
    String body = body(last.hash, json(number, clock.instant(), entry));
    String key = key(number);
    return store
        .put(key, DocumentStore.ABSENT, body)
        .flatMap(version -> moveHead(new Place(number, hash(body))).thenReturn(true))
        .switchIfEmpty(Mono.just(false))
        .flatMap(
            written ->
                written
                    ? Mono.empty()
                    : store
                        .get(key)
                        .map(document -> new Place(number, hash(document.body())))
                        .flatMap(taken -> append(entry, taken, tries - 1)));
  }

  /** Says where the chain ends, unless it says so of a later record already. */
  private Mono<Void> moveHead(Place place) {
    return store
        .get(HEAD)
        .defaultIfEmpty(new Document(HEAD, DocumentStore.ABSENT, "0 " + ROOT))
        .flatMap(
            head ->
                place(head).number >= place.number
                    ? Mono.just(true)
                    : store
                        .put(HEAD, head.version(), place.number + " " + place.hash)
                        .map(version -> true)
                        .defaultIfEmpty(false))
        .flatMap(moved -> moved ? Mono.empty() : moveHead(place));
  }

  private static String json(long number, Instant time, Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", number);
    json.put("time", time.toString());
    json.put("action", entry.action().name());
    json.put("who", entry.who());
    json.put("where", entry.where());
    json.put("subject", entry.subject());
    json.put("change", entry.change());
    return JsonDocument.write(json);
  }

  private static String body(String before, String json) {
    String chained = before + '\n' + json;
    return Secrets.sha256(chained) + '\n' + chained;
  }

  private static Recorded recorded(Document document) {
    JsonDocument json = JsonDocument.read(document.key(), line(document.body(), 2));
    return new Recorded(
        json.number("number"),
        Instant.parse(json.text("time")),
        new Entry(
            Action.valueOf(json.text("action")),
            json.text("who"),
            json.text("where"),
            json.text("subject"),
            json.text("change")));
  }

  private static String key(long number) {
    String digits = Long.toString(number);
    return PREFIX + "0".repeat(19 - digits.length()) + digits;
  }

  private static Place place(Document head) {
    String[] parts = head.body().split(" ", -1);
    try {
      return new Place(Long.parseLong(parts[0]), parts[1]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new BackendException.Misconfigured("the document " + HEAD + " cannot be read", e);
    }
  }

  private static String hash(String body) {
    return line(body, 0);
  }

  private static String line(String body, int index) {
    String[] lines = body.split("\n", -1);
    return index < lines.length ? lines[index] : "";
  }

  /** A record, by its number and hash. */
  private record Place(long number, String hash) {}

  /** What was seen of the chain so far. */
  private static final class Chain {

    private final Place head;
    private long number;
    private String hash = ROOT;
    private String fault = "";

    Chain(Place head) {
      this.head = head;
    }

    /** Whether a document is the next record. */
    boolean follow(Document document) {
      long next = number + 1;
      String body = document.body();
      if (!document.key().equals(key(next))) {
        fault = "record " + next + " is missing";
      } else if (!body.equals(body(line(body, 1), line(body, 2)))) {
        fault = "record " + next + " was changed";
      } else if (!line(body, 1).equals(hash)) {
        fault = number == 0 ? "record 1 was changed" : "record " + number + " was changed";
      } else if (next == head.number && !hash(body).equals(head.hash)) {
        fault = "record " + next + " was changed, or the mark of the last record";
      } else {
        number = next;
        hash = hash(body);
      }
      return fault.isEmpty();
    }

    void end() {
      if (head.number > number) {
        fault = "record " + (number + 1) + " is missing";
      }
    }

    Verification verification() {
      return new Verification(number, hash, fault);
    }
  }
}

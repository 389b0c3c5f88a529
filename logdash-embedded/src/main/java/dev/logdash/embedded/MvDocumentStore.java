package dev.logdash.embedded;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A {@link DocumentStore} in one file of this machine, for one process. Writers that wait at the
 * same time share one sync of the file. The file is opened by the first use; a second process, a
 * damaged file or one of a newer version is told as {@link
 * dev.logdash.api.error.BackendException.Misconfigured}.
 *
 * <p>A deleted key costs about a hundred bytes for ever, so that {@link #changesSince} can tell.
 */
public final class MvDocumentStore implements DocumentStore {

  /*
   * One counter gives versions and cursors, so a version never comes back, not even after a
   * deletion. It is the greatest key of the change log, which never shrinks at that end: each change
   * first adds its own entry and then removes the one before of the same key.
   */

  private static final int MAX_BODY_BYTES = 8 << 20;
  private static final int VERSION_BYTES = 8;

  private final MvAccess file;
  private final Runnable leave;

  /** A store with a file of its own, which is made if it is not there. */
  public MvDocumentStore(Path file) {
    this(new MvFile(file));
  }

  MvDocumentStore(MvAccess file) {
    this.file = file;
    this.leave = file.use();
  }

  @Override
  public Mono<Document> get(String key) {
    Objects.requireNonNull(key, "key");
    return file.reading(
        maps -> {
          byte[] stored = maps.documents().get(key);
          return stored == null ? null : decode(key, stored);
        });
  }

  @Override
  public Mono<Long> put(String key, long expectedVersion, String body) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(body, "body");
    return file.writing(maps -> replace(maps, key, expectedVersion, body));
  }

  @Override
  public Mono<Boolean> delete(String key, long expectedVersion) {
    Objects.requireNonNull(key, "key");
    return file.writing(maps -> remove(maps, key, expectedVersion));
  }

  @Override
  public Flux<Document> list(String prefix, String after, int limit) {
    requirePositive(limit);
    return file.<List<Document>>reading(maps -> select(maps, prefix, after, limit))
        .flatMapIterable(documents -> documents);
  }

  @Override
  public Flux<Change> changesSince(long cursor, int limit) {
    requirePositive(limit);
    return file.<List<Change>>reading(maps -> selectChanges(maps, cursor, limit))
        .flatMapIterable(changes -> changes);
  }

  @Override
  public Mono<Void> check() {
    return file.check();
  }

  @Override
  public void close() {
    leave.run();
  }

  private static @Nullable Long replace(
      MvMaps maps, String key, long expectedVersion, String body) {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_BODY_BYTES) {
      throw new BackendException.Rejected("the document " + key + " is larger than 8 MiB", null);
    }
    long stored = versionOf(maps, key);
    if (stored != expectedVersion) {
      return null;
    }
    long version = record(maps, key, stored);
    Bytes bytes = new Bytes(VERSION_BYTES + utf8.length);
    bytes.writeFixed(version, VERSION_BYTES);
    bytes.writeBytes(utf8, utf8.length);
    maps.documents().put(key, bytes.array());
    maps.deletions().remove(key);
    return version;
  }

  private static boolean remove(MvMaps maps, String key, long expectedVersion) {
    long stored = versionOf(maps, key);
    if (expectedVersion == ABSENT || stored != expectedVersion) {
      return false;
    }
    long cursor = record(maps, key, stored);
    maps.documents().remove(key);
    maps.deletions().put(key, cursor);
    return true;
  }

  /** Adds the next entry of the change log and removes the entry that the key had. */
  private static long record(MvMaps maps, String key, long storedVersion) {
    Long last = maps.changes().lastKey();
    long cursor = (last == null ? 0 : last) + 1;
    maps.changes().put(cursor, key);
    Long before = storedVersion == ABSENT ? maps.deletions().get(key) : (Long) storedVersion;
    if (before != null) {
      maps.changes().remove(before);
    }
    return cursor;
  }

  private static List<Document> select(MvMaps maps, String prefix, String after, int limit) {
    List<Document> found = new ArrayList<>();
    Cursor<String, byte[]> cursor =
        maps.documents().cursor(prefix.compareTo(after) > 0 ? prefix : after);
    while (cursor.hasNext() && found.size() < limit) {
      String key = cursor.next();
      if (!after.isEmpty() && key.equals(after)) {
        continue;
      }
      if (!key.startsWith(prefix)) {
        break;
      }
      found.add(decode(key, cursor.getValue()));
    }
    return found;
  }

  private static List<Change> selectChanges(MvMaps maps, long since, int limit) {
    List<Change> found = new ArrayList<>();
    Cursor<Long, String> cursor = maps.changes().cursor(since + 1);
    while (cursor.hasNext() && found.size() < limit) {
      long at = cursor.next();
      String key = cursor.getValue();
      found.add(new Change(at, key, !maps.documents().containsKey(key)));
    }
    return found;
  }

  private static long versionOf(MvMaps maps, String key) {
    byte[] stored = maps.documents().get(key);
    return stored == null ? ABSENT : new Bytes(stored).readFixed(VERSION_BYTES);
  }

  private static Document decode(String key, byte[] stored) {
    Bytes bytes = new Bytes(stored);
    long version = bytes.readFixed(VERSION_BYTES);
    return new Document(key, version, new String(bytes.readRest(), StandardCharsets.UTF_8));
  }

  private static void requirePositive(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is not positive: " + limit);
    }
  }
}

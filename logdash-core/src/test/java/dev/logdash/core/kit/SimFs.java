package dev.logdash.core.kit;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.spool.SpoolFile;
import dev.logdash.core.spool.SpoolFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One folder on a disk that lives in memory and fails on demand. What was written but not forced is
 * kept by {@link #kill()}, as the operating system does when a process dies, and partly lost by
 * {@link #crash(long)}, as in a power loss: each changed page of 4 KiB may be old, new, or torn at
 * 512 bytes; lengths and directory entries may be old. The outcome depends on the seed alone.
 *
 * <p>Each operation that changes the disk counts; {@link #failAfter(long)} ends the life of the
 * process behind one of them. Handles of a life that ended fail for ever.
 */
public final class SimFs implements SpoolFiles {

  private static final int PAGE = 4096;
  private static final int SECTOR = 512;

  private final String location;
  private final TreeMap<String, Content> names = new TreeMap<>();
  private TreeMap<String, Content> durableNames = new TreeMap<>();
  private long capacity = Long.MAX_VALUE;
  private long operations;
  private long lastOperation = Long.MAX_VALUE;
  private int failingForces;
  private int failingFolderForces;
  private int life;
  private boolean locked;
  private boolean dead;

  public SimFs(String location) {
    this.location = location;
  }

  public SimFs() {
    this("/sim/spool");
  }

  /** The process dies now; the disk keeps all that was written. */
  public synchronized void kill() {
    life++;
    locked = false;
    dead = false;
    lastOperation = Long.MAX_VALUE;
  }

  /** The power fails now, and the process is gone with it. */
  public synchronized void crash(long seed) {
    kill();
    Random random = new Random(seed);
    TreeMap<String, Content> kept = new TreeMap<>(durableNames);
    for (String name : union(names, durableNames)) {
      // An entry that was changed and not forced may be there or not, whatever the others do.
      if (names.get(name) != durableNames.get(name) && random.nextBoolean()) {
        put(kept, name, names.get(name));
      }
    }
    names.clear();
    for (var entry : kept.entrySet()) {
      entry.getValue().lose(random);
      names.put(entry.getKey(), entry.getValue());
    }
    durableNames = new TreeMap<>(names);
  }

  /** How many operations have changed the disk, or tried to. */
  public synchronized long operations() {
    return operations;
  }

  /**
   * So many more operations succeed; the next and all behind it fail until the process is ended.
   */
  public synchronized void failAfter(long count) {
    lastOperation = operations + count;
  }

  /** Whether the point that {@link #failAfter(long)} set has been reached. */
  public synchronized boolean isDown() {
    return dead;
  }

  /**
   * So many forces of files fail; what each should have saved is lost in a power loss, even if
   * forcing again succeeds.
   */
  public synchronized void failForces(int count) {
    failingForces = count;
  }

  public synchronized void failFolderForces(int count) {
    failingFolderForces = count;
  }

  /** How many bytes all files may have together from now on. */
  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  public synchronized long usedBytes() {
    return names.values().stream().mapToLong(content -> content.length).sum();
  }

  /** The content of a file as a process would read it now. */
  public synchronized byte[] bytes(String name) {
    Content content = names.get(name);
    if (content == null) {
      throw new IllegalArgumentException("No such file: " + name);
    }
    return Arrays.copyOf(content.bytes, content.length);
  }

  /** Replaces a file, as damage on the disk or another process would. */
  public synchronized void replace(String name, byte[] bytes) {
    Content content = new Content();
    content.bytes = bytes.clone();
    content.length = bytes.length;
    content.force();
    names.put(name, content);
    durableNames.put(name, content);
  }

  /** Removes a file behind the back of the process. */
  public synchronized void remove(String name) {
    names.remove(name);
    durableNames.remove(name);
  }

  /** The same files, all on the disk, with nothing running on them. */
  public synchronized SimFs copy() {
    SimFs copy = new SimFs(location);
    for (String name : names.keySet()) {
      copy.replace(name, bytes(name));
    }
    return copy;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public synchronized Closeable lock() {
    if (locked) {
      throw new BackendException.Misconfigured(
          "The spool folder " + location + " is in use by process 1", null);
    }
    locked = true;
    int mine = life;
    return () -> unlock(mine);
  }

  private synchronized void unlock(int of) {
    if (of == life) {
      locked = false;
    }
  }

  @Override
  public synchronized List<String> list() throws IOException {
    requireAlive(life);
    return new ArrayList<>(names.keySet());
  }

  @Override
  public synchronized SpoolFile create(String name) throws IOException {
    operation(life);
    Content content = names.get(name);
    if (content == null) {
      content = new Content();
      names.put(name, content);
    }
    content.truncate(0);
    return new Handle(content, life);
  }

  @Override
  public synchronized SpoolFile open(String name) throws IOException {
    requireAlive(life);
    Content content = names.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return new Handle(content, life);
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    operation(life);
    Content content = names.remove(from);
    if (content == null) {
      throw new NoSuchFileException(from);
    }
    names.put(to, content);
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    operation(life);
    names.remove(name);
  }

  @Override
  public synchronized void force() throws IOException {
    operation(life);
    if (failingFolderForces > 0) {
      failingFolderForces--;
      throw new IOException("Input/output error");
    }
    durableNames = new TreeMap<>(names);
  }

  private void requireAlive(int of) throws IOException {
    if (dead || of != life) {
      throw new IOException("The process has ended");
    }
  }

  private void operation(int of) throws IOException {
    requireAlive(of);
    if (operations >= lastOperation) {
      dead = true;
      requireAlive(of);
    }
    operations++;
  }

  private static List<String> union(TreeMap<String, Content> a, TreeMap<String, Content> b) {
    TreeMap<String, Content> all = new TreeMap<>(a);
    all.putAll(b);
    return List.copyOf(all.keySet());
  }

  private static void put(TreeMap<String, Content> map, String name, @Nullable Content content) {
    if (content == null) {
      map.remove(name);
    } else {
      map.put(name, content);
    }
  }

  /** What a file holds for readers, and what of it is on the disk. */
  private static final class Content {

    private byte[] bytes = new byte[0];
    private int length;
    private byte[] durable = new byte[0];
    // Pages that a failed force took off the list of those to write: they look clean and are not.
    private int lostFrom = Integer.MAX_VALUE;

    void write(byte[] source, int start, int count, int position) {
      int end = position + count;
      if (bytes.length < end) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      if (position > length) {
        Arrays.fill(bytes, length, position, (byte) 0);
      }
      System.arraycopy(source, start, bytes, position, count);
      length = Math.max(length, end);
    }

    void truncate(int newLength) {
      length = Math.min(length, newLength);
    }

    void force() {
      if (lostFrom == Integer.MAX_VALUE) {
        durable = Arrays.copyOf(bytes, length);
      } else {
        // Succeeds, as a second force does, without having saved what the first one lost.
        durable = Arrays.copyOf(durable, length);
      }
    }

    void failForce() {
      lostFrom = Math.min(lostFrom, durable.length);
    }

    void lose(Random random) {
      int newLength = length;
      if (length != durable.length && random.nextBoolean()) {
        newLength = durable.length;
      }
      byte[] kept = Arrays.copyOf(durable, newLength);
      for (int page = 0; page < newLength; page += PAGE) {
        int pageEnd = Math.min(page + PAGE, newLength);
        int written = Math.min(pageEnd, length);
        int torn = random.nextInt(PAGE / SECTOR + 1) * SECTOR;
        int upTo =
            switch (random.nextInt(3)) {
              case 0 -> page;
              case 1 -> Math.min(written, page + torn);
              default -> written;
            };
        if (page >= lostFrom) {
          upTo = page;
        }
        if (upTo > page) {
          System.arraycopy(bytes, page, kept, page, upTo - page);
        }
      }
      bytes = kept;
      length = newLength;
      durable = kept.clone();
      lostFrom = Integer.MAX_VALUE;
    }
  }

  private final class Handle implements SpoolFile {

    private final Content content;
    private final int born;
    private boolean closed;

    Handle(Content content, int born) {
      this.content = content;
      this.born = born;
    }

    @Override
    public long size() throws IOException {
      synchronized (SimFs.this) {
        requireOpen();
        return content.length;
      }
    }

    @Override
    public int read(byte[] target, int start, int count, long position) throws IOException {
      synchronized (SimFs.this) {
        requireOpen();
        int available = (int) Math.max(0, Math.min(count, content.length - position));
        if (available > 0) {
          System.arraycopy(content.bytes, (int) position, target, start, available);
        }
        return available;
      }
    }

    @Override
    public void write(byte[] bytes, int start, int count, long position) throws IOException {
      synchronized (SimFs.this) {
        requireOpen();
        operation(born);
        long room = capacity - usedBytes() + content.length - position;
        int fitting = (int) Math.max(0, Math.min(count, room));
        content.write(bytes, start, fitting, (int) position);
        if (fitting < count) {
          throw new NoSpaceException("No space left", new IOException("No space left on device"));
        }
      }
    }

    @Override
    public void truncate(long newLength) throws IOException {
      synchronized (SimFs.this) {
        requireOpen();
        operation(born);
        content.truncate((int) newLength);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (SimFs.this) {
        requireOpen();
        operation(born);
        if (failingForces > 0) {
          failingForces--;
          content.failForce();
          throw new IOException("Input/output error");
        }
        content.force();
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() throws IOException {
      requireAlive(born);
      if (closed) {
        throw new IOException("The file is closed");
      }
    }
  }
}

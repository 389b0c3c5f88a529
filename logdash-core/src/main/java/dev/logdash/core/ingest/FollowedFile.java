package dev.logdash.core.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One file, whatever it is called at the moment, and how far the sink has accepted its lines.
 * Between two reads it remembers nothing else: each read begins behind the last accepted line.
 */
final class FollowedFile implements Closeable {

  private final Object identity;
  private final String source;
  private Path path;
  private @Nullable FileChannel channel;

  private long seenSize = -1;
  private FileTime seenModified = FileTime.fromMillis(0);
  private long readSize = -1;
  private FileTime readModified = seenModified;

  private @Nullable Fingerprint print;
  private @Nullable Fingerprint replacedPrint;
  private boolean begunAnew;
  private boolean reached;
  private boolean undecided;
  private int generation;
  private volatile long accepted;
  private volatile int acceptedCheck;

  private final UnfinishedRecord unfinished = new UnfinishedRecord();

  private @Nullable String failure;
  private long missingSinceMillis = -1;
  private boolean abandoned;

  FollowedFile(Object identity, Path path) {
    this.identity = identity;
    this.path = path;
    this.source = path.toString();
  }

  Object identity() {
    return identity;
  }

  /** The name under which the file was first seen; its lines keep it when the file is renamed. */
  String source() {
    return source;
  }

  Path path() {
    return path;
  }

  static Object identityOf(Path path, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return key != null ? key : path;
  }

  /** Takes note of how the file looks under the name it has now. */
  void seen(Path path, BasicFileAttributes attributes) {
    if (!path.equals(this.path)) {
      unfinished.renamed();
    }
    this.path = path;
    seenSize = attributes.size();
    seenModified = attributes.lastModifiedTime();
    missingSinceMillis = -1;
  }

  /**
   * Takes note that no name leads to the file any more.
   *
   * @return since when, in milliseconds of the clock
   */
  long missing(long nowMillis) throws IOException {
    if (missingSinceMillis < 0) {
      missingSinceMillis = nowMillis;
    }
    FileChannel open = channel;
    seenSize = open == null ? readSize : open.size();
    return missingSinceMillis;
  }

  /** Takes note that nobody will append any more, so that a last line without end is complete. */
  void abandon() {
    abandoned = true;
    if (isOpen()) {
      readAgain();
    }
  }

  boolean isAbandoned() {
    return abandoned;
  }

  boolean changed() {
    return seenSize != readSize || !seenModified.equals(readModified);
  }

  /** The record of several lines that the content ends in, if it is not whole. */
  UnfinishedRecord unfinished() {
    return unfinished;
  }

  /** Whether what is not whole is to be read without the rest, at a look that found nothing new. */
  boolean isHeldTooLong() {
    return unfinished.isQuiet(!path.toString().equals(source));
  }

  /** Whether nobody will append any more, so that whatever is not whole is complete. */
  boolean isEnded() {
    return abandoned || unfinished.isEnded();
  }

  boolean isOpen() {
    return channel != null;
  }

  long seenSize() {
    return seenSize;
  }

  FileTime modified() {
    return seenModified;
  }

  /** Opens the content, or answers null if the name has just gone over to another file. */
  @Nullable FileContent open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(path, StandardOpenOption.READ);
      channel = open;
      // The name may have changed hands since it was looked at.
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (!identityOf(path, now).equals(identity)) {
        close();
        return null;
      }
    }
    FileContent content = new FileContent(open);
    if (content.fileSize() != readSize) {
      unfinished.grown();
    }
    readSize = content.fileSize();
    readModified = seenModified;
    return content;
  }

  /** Makes the next pass read the file again although it looks the same. */
  void readAgain() {
    readSize = -1;
  }

  /**
   * Decides where reading begins: behind what was accepted, behind what an earlier run read of the
   * same content, or at the start if the content is new.
   *
   * @return -1 if nothing is to be read yet
   */
  long begin(Fingerprint now, FileContent content, Resumption resumption) throws IOException {
    Fingerprint before = print;
    boolean cut = reached && content.size() < accepted;
    boolean waits = false;
    if (before != null && (cut || !now.continues(before))) {
      // The file was emptied and written anew by somebody who kept it.
      begunAnew = true;
      replacedPrint = before;
      generation++;
      unfinished.forget();
      accepted = 0;
      acceptedCheck = 0;
    } else if (before == null || !before.isFull() || undecided) {
      // A copy may still be growing, so a short beginning is looked up each time it has grown.
      Resumption.Place place = resumption.of(this, now, content);
      waits = place.undecided();
      if (!begunAnew && place.end() > accepted) {
        accepted = place.end();
        acceptedCheck = place.check();
      }
      generation = Math.max(generation, place.generation());
    }
    undecided = waits;
    print = now;
    now.goOn(generation, acceptedCheck);
    reached = content.size() >= accepted;
    return undecided ? -1 : accepted;
  }

  /**
   * Whether a short beginning that was read before was read from this content: not if another file
   * begins alike, unless this is a copy of it.
   *
   * @param otherwise the answer where no file in sight begins alike
   */
  boolean isOurs(Fingerprint now, int bytes, Collection<FollowedFile> inSight, boolean otherwise) {
    boolean shared = false;
    for (FollowedFile other : inSight) {
      if (other == this) {
        continue;
      }
      for (Fingerprint theirs : Arrays.asList(other.print, other.replacedPrint)) {
        if (theirs != null && theirs.shares(now, bytes)) {
          if (now.continues(theirs)) {
            return true;
          }
          shared = true;
        }
      }
    }
    return !shared && otherwise;
  }

  /** Whether this is the file that a fingerprint names so. */
  boolean isFile(String name) {
    Fingerprint known = print;
    return (known == null ? new Fingerprint(new byte[0], identity) : known).file().equals(name);
  }

  /** Takes note that the sink has the lines up to a place. */
  void accepted(long end, int check) {
    accepted = end;
    acceptedCheck = check;
  }

  /** Takes note of a failure; answers whether it is news. */
  boolean failed(IOException problem) {
    String text = problem.toString();
    boolean news = !text.equals(failure);
    failure = text;
    return news;
  }

  void worked() {
    failure = null;
  }

  /** Gives the file handle back; the file is opened again by its name when it changes. */
  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}

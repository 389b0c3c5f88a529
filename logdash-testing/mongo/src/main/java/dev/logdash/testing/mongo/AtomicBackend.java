package dev.logdash.testing.mongo;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;

/**
 * A memory whose answers hold each document as it was at one moment, as those of MongoDB do. The
 * emulator's own answers hold the stored documents themselves, which the next command changes field
 * by field while they are written to the client.
 */
public class AtomicBackend extends MemoryBackend {

  private final Object turn = new Object();

  @Override
  public Document handleMessage(MongoMessage message) {
    synchronized (turn) {
      return super.handleMessage(message).cloneDeeply();
    }
  }
}

package dev.logdash.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TlsRefusal;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.bson.BsonMaximumSizeExceededException;
import org.jspecify.annotations.Nullable;

/** Sorts the failures of MongoDB by what helps against them. */
final class MongoErrors {

  private static final int DUPLICATE_KEY = 11_000;
  private static final int WRITE_CONCERN_TIMED_OUT = 64;

  // Unauthorized, AuthenticationFailed, IndexOptionsConflict, IndexKeySpecsConflict,
  // UnsatisfiableWriteConcern, UnknownReplWriteConcern, InvalidNamespace, AtlasError.
  private static final Set<Integer> MISCONFIGURED = Set.of(13, 18, 85, 86, 100, 79, 73, 8000);

  // BadValue, FailedToParse, TypeMismatch, DocumentValidationFailure, BSONObjectTooLarge (twice).
  private static final Set<Integer> REJECTED = Set.of(2, 9, 14, 121, 10_334, 17_280);

  // MaxTimeMSExpired, OutOfDiskSpace, TooManyFilesOpen, ExceededMemoryLimit.
  private static final Set<Integer> OVERLOADED = Set.of(50, 14_031, 264, 146);

  private MongoErrors() {}

  /** Whether a unique key was there already: somebody else was first. */
  static boolean isDuplicateKey(Throwable failure) {
    return failure instanceof MongoException mongo && code(mongo) == DUPLICATE_KEY;
  }

  /**
   * A caller's own mistake comes back as it is.
   *
   * @param unreachable why no member could be reached last, which a time-out does not tell
   */
  static RuntimeException translate(Throwable failure, @Nullable Throwable unreachable) {
    if (failure instanceof BackendException known) {
      return known;
    }
    Throwable reason =
        failure instanceof MongoTimeoutException && unreachable != null ? unreachable : failure;
    String refusal = TlsRefusal.reason(reason);
    if (refusal != null) {
      return new BackendException.Misconfigured(
          "no trusted connection to MongoDB (" + refusal + "); " + TlsRefusal.remedy(refusal),
          failure);
    }
    return translate(reason instanceof MongoSecurityException ? reason : failure);
  }

  private static RuntimeException translate(Throwable failure) {
    if (failure instanceof IllegalArgumentException mistake) {
      return mistake;
    }
    if (failure instanceof BsonMaximumSizeExceededException) {
      return tooLarge(failure);
    }
    if (failure instanceof TimeoutException) {
      return new BackendException.Unavailable("MongoDB did not answer in time", failure);
    }
    if (failure instanceof MongoException mongo) {
      return translate(mongo);
    }
    return new BackendException.Unavailable("MongoDB cannot be used", failure);
  }

  private static BackendException translate(MongoException failure) {
    int code = code(failure);
    if (failure instanceof MongoSecurityException || code == 18) {
      return new BackendException.Misconfigured(
          "MongoDB refuses the user or the password of the connection string", failure);
    }
    if (code == 13) {
      return new BackendException.Misconfigured(
          "the user of MongoDB needs readWrite on the database of logdash", failure);
    }
    if (failure instanceof MongoConfigurationException || MISCONFIGURED.contains(code)) {
      return new BackendException.Misconfigured(
          "MongoDB cannot be used as it is set up (code " + code + ")", failure);
    }
    if (code == WRITE_CONCERN_TIMED_OUT) {
      return new BackendException.Unavailable(
          "MongoDB wrote, but a majority of its members did not confirm in time", failure);
    }
    if (code == 10_334 || code == 17_280) {
      return tooLarge(failure);
    }
    if (REJECTED.contains(code)) {
      return new BackendException.Rejected("MongoDB refuses this (code " + code + ")", failure);
    }
    if (OVERLOADED.contains(code)) {
      return new BackendException.Overloaded(
          "MongoDB has no room or no time for this (code " + code + ")", failure);
    }
    if (failure instanceof MongoTimeoutException) {
      return new BackendException.Unavailable(
          "no member of MongoDB that takes writes was found in time", failure);
    }
    return new BackendException.Unavailable(
        "MongoDB cannot be reached or has no primary member now", failure);
  }

  private static BackendException tooLarge(Throwable failure) {
    return new BackendException.Rejected("larger than the 16 MB that MongoDB takes", failure);
  }

  private static int code(MongoException failure) {
    if (failure instanceof MongoWriteException write) {
      return write.getError().getCode();
    }
    if (failure instanceof MongoWriteConcernException unconfirmed) {
      return unconfirmed.getWriteConcernError().getCode();
    }
    if (failure instanceof MongoBulkWriteException bulk) {
      // What was written without a majority is the worse of the two.
      return bulk.getWriteConcernError() != null || bulk.getWriteErrors().isEmpty()
          ? WRITE_CONCERN_TIMED_OUT
          : bulk.getWriteErrors().get(0).getCode();
    }
    return failure.getCode();
  }
}

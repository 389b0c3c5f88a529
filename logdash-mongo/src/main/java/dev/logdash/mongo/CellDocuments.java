package dev.logdash.mongo;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Cells as documents: the key is the {@code _id}, so MongoDB holds that it is there once. */
final class CellDocuments {

  static final String ID = "_id";
  static final String DEFINITION = "_id.f";
  static final String TIER = "_id.t";
  static final String WINDOW = "_id.w";
  static final String OFFSET = "offset";
  static final String EXPIRES = "expires";

  /** Who wrote last, to tell one's own write from the same one by somebody else. */
  static final String WRITER = "writer";

  private final Map<Integer, Duration> retention;

  CellDocuments(Map<Integer, Duration> retention) {
    this.retention = Map.copyOf(retention);
  }

  static BsonDocument id(CellKey key) {
    BsonArray dimensions = new BsonArray();
    key.dimensions().forEach(value -> dimensions.add(text(value)));
    return new BsonDocument()
        .append("t", new BsonInt32(key.tierSeconds()))
        .append("f", text(key.definition()))
        .append("w", new BsonInt64(key.windowStart()))
        .append("d", dimensions)
        .append("i", text(key.partition().incarnation()))
        .append("p", new BsonInt32(key.partition().partition()));
  }

  static BsonString text(String value) {
    return new BsonString(KeyText.encode(value));
  }

  /** All but the key. */
  BsonDocument content(Cell cell, long writer) {
    BsonDocument content =
        new BsonDocument()
            .append(OFFSET, new BsonInt64(cell.offset()))
            .append("count", new BsonInt64(cell.count()))
            .append("errors", new BsonInt64(cell.errors()))
            .append("sum", new BsonInt64(cell.sum()))
            .append("sketch", new BsonBinary(cell.sketch()))
            .append(WRITER, new BsonInt64(writer));
    CellKey key = cell.key();
    Duration kept = retention.get(key.tierSeconds());
    if (kept != null) {
      long end = key.windowStart() + key.tierSeconds();
      content.append(EXPIRES, new BsonDateTime(1_000 * (end + kept.toSeconds())));
    }
    return content;
  }

  BsonDocument whole(Cell cell, long writer) {
    BsonDocument whole = new BsonDocument(ID, id(cell.key()));
    whole.putAll(content(cell, writer));
    return whole;
  }

  static Cell decode(BsonDocument stored) {
    return new Cell(
        key(stored.getDocument(ID)),
        number(stored, OFFSET),
        number(stored, "count"),
        number(stored, "errors"),
        number(stored, "sum"),
        stored.getBinary("sketch").getData());
  }

  static CellKey key(BsonDocument id) {
    List<String> dimensions = new ArrayList<>();
    for (BsonValue value : id.getArray("d")) {
      dimensions.add(KeyText.decode(value.asString().getValue()));
    }
    return new CellKey(
        KeyText.decode(id.getString("f").getValue()),
        id.getNumber("t").intValue(),
        id.getNumber("w").longValue(),
        dimensions,
        new PartitionId(
            KeyText.decode(id.getString("i").getValue()), id.getNumber("p").intValue()));
  }

  private static long number(BsonDocument stored, String name) {
    return stored.getNumber(name).longValue();
  }
}

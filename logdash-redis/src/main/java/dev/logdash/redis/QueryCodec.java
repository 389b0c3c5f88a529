package dev.logdash.redis;

import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a tail asks for, as bytes: dataset, filter and scope. */
final class QueryCodec {

  private static final int MAX_DEPTH = 100;

  private static final int ALL = 0;
  private static final int AND = 1;
  private static final int OR = 2;
  private static final int NOT = 3;
  private static final int PHRASE = 4;
  private static final int TOKEN_PATTERN = 5;
  private static final int EQUAL = 6;
  private static final int VALUE_PATTERN = 7;
  private static final int RANGE = 8;
  private static final int EXISTS = 9;
  private static final int ANY_FIELD = 10;
  private static final int NEAR = 11;
  private static final int ALIKE = 12;

  private QueryCodec() {}

  static void write(DataOutputStream out, LogQuery query) throws IOException {
    Wire.write(out, query.dataset());
    write(out, query.filter(), 0);
    write(out, query.scope(), 0);
  }

  static LogQuery read(DataInputStream in) throws IOException {
    return LogQuery.builder()
        .dataset(Wire.read(in))
        .filter(readFilter(in, 0))
        .scope(readFilter(in, 0))
        .build();
  }

  private static void write(DataOutputStream out, Filter filter, int depth) throws IOException {
    requireShallow(depth);
    if (filter instanceof Filter.And and) {
      write(out, AND, and.filters(), depth);
    } else if (filter instanceof Filter.Or or) {
      write(out, OR, or.filters(), depth);
    } else if (filter instanceof Filter.Not not) {
      out.writeByte(NOT);
      write(out, not.filter(), depth + 1);
    } else if (filter instanceof Filter.Phrase phrase) {
      write(out, PHRASE, phrase.field(), phrase.text());
    } else if (filter instanceof Filter.TokenPattern pattern) {
      write(out, TOKEN_PATTERN, pattern.field(), pattern.pattern());
    } else if (filter instanceof Filter.Equal equal) {
      write(out, EQUAL, equal.field(), equal.value());
    } else if (filter instanceof Filter.ValuePattern pattern) {
      write(out, VALUE_PATTERN, pattern.field(), pattern.pattern());
    } else if (filter instanceof Filter.Range range) {
      write(out, RANGE, range.field(), range.lower().value());
      out.writeBoolean(range.lower().inclusive());
      Wire.write(out, range.upper().value());
      out.writeBoolean(range.upper().inclusive());
    } else if (filter instanceof Filter.Exists exists) {
      out.writeByte(EXISTS);
      Wire.write(out, exists.field());
    } else if (filter instanceof Filter.Near near) {
      write(out, NEAR, near.field(), near.text());
      out.writeInt(near.places());
    } else if (filter instanceof Filter.Alike alike) {
      write(out, ALIKE, alike.field(), alike.word());
      out.writeInt(alike.edits());
    } else if (filter instanceof Filter.AnyField any) {
      out.writeByte(ANY_FIELD);
      Wire.write(out, any.names());
      write(out, any.clause(), depth + 1);
    } else {
      out.writeByte(ALL);
    }
  }

  private static void write(DataOutputStream out, int kind, List<Filter> parts, int depth)
      throws IOException {
    out.writeByte(kind);
    out.writeInt(parts.size());
    for (Filter part : parts) {
      write(out, part, depth + 1);
    }
  }

  private static void write(DataOutputStream out, int kind, String field, String value)
      throws IOException {
    out.writeByte(kind);
    Wire.write(out, field);
    Wire.write(out, value);
  }

  private static Filter readFilter(DataInputStream in, int depth) throws IOException {
    requireShallow(depth);
    int kind = in.readByte();
    return switch (kind) {
      case ALL -> Filter.ALL;
      case AND -> new Filter.And(readParts(in, depth));
      case OR -> new Filter.Or(readParts(in, depth));
      case NOT -> new Filter.Not(readFilter(in, depth + 1));
      case PHRASE -> new Filter.Phrase(Wire.read(in), Wire.read(in));
      case TOKEN_PATTERN -> new Filter.TokenPattern(Wire.read(in), Wire.read(in));
      case EQUAL -> new Filter.Equal(Wire.read(in), Wire.read(in));
      case VALUE_PATTERN -> new Filter.ValuePattern(Wire.read(in), Wire.read(in));
      case RANGE ->
          new Filter.Range(
              Wire.read(in),
              new Filter.Bound(Wire.read(in), in.readBoolean()),
              new Filter.Bound(Wire.read(in), in.readBoolean()));
      case EXISTS -> new Filter.Exists(Wire.read(in));
      case NEAR -> new Filter.Near(Wire.read(in), Wire.read(in), in.readInt());
      case ALIKE -> new Filter.Alike(Wire.read(in), Wire.read(in), in.readInt());
      case ANY_FIELD -> new Filter.AnyField(Wire.read(in), readFilter(in, depth + 1));
      default -> throw new IOException("unknown kind of a filter: " + kind);
    };
  }

  private static List<Filter> readParts(DataInputStream in, int depth) throws IOException {
    List<Filter> parts = new ArrayList<>();
    for (int left = Wire.count(in); left > 0; left--) {
      parts.add(readFilter(in, depth + 1));
    }
    return parts;
  }

  private static void requireShallow(int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("a filter is deeper than " + MAX_DEPTH);
    }
  }
}

package dev.logdash.redis;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What instances tell each other about tails. */
final class LiveMessages {

  /** The most bytes of a message. */
  static final int MAX_BYTES = 1 << 20;

  private static final int VERSION = 1;

  private LiveMessages() {}

  /**
   * What is watched at an instance; nothing any more if the list is empty.
   *
   * @param question whether others are asked to say the same of themselves
   */
  record Tails(String instance, boolean question, List<LogQuery> queries) {}

  /**
   * Events for an instance.
   *
   * @param number of the message among those of its sender to this instance, sent or not
   */
  record News(String sender, long number, List<LogEvent> events) {}

  static byte[] encode(String instance, boolean question, Collection<LogQuery> queries)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    Wire.write(out, instance);
    out.writeBoolean(question);
    out.writeInt(queries.size());
    for (LogQuery query : queries) {
      QueryCodec.write(out, query);
    }
    return bytes.toByteArray();
  }

  static Tails decodeTails(byte[] message) throws IOException {
    DataInputStream in = open(message);
    String instance = Wire.read(in);
    boolean question = in.readBoolean();
    List<LogQuery> queries = new ArrayList<>();
    for (int left = Wire.count(in); left > 0; left--) {
      queries.add(QueryCodec.read(in));
    }
    return new Tails(instance, question, queries);
  }

  static byte[] encode(News news) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    Wire.write(out, news.sender);
    out.writeLong(news.number);
    out.writeInt(news.events.size());
    for (LogEvent event : news.events) {
      EventCodec.write(out, event);
    }
    return bytes.toByteArray();
  }

  static News decodeNews(byte[] message) throws IOException {
    DataInputStream in = open(message);
    String sender = Wire.read(in);
    long number = in.readLong();
    List<LogEvent> events = new ArrayList<>();
    for (int left = Wire.count(in); left > 0; left--) {
      events.add(EventCodec.read(in));
    }
    return new News(sender, number, events);
  }

  private static DataInputStream open(byte[] message) throws IOException {
    if (message.length > 2 * MAX_BYTES) {
      throw new IOException("a message of " + message.length + " bytes");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("a message of version " + version);
    }
    return in;
  }
}

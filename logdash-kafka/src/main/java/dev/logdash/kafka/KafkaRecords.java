package dev.logdash.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Submission;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** How a record stands in a topic: its bytes as the value, all else in headers of UTF-8. */
final class KafkaRecords {

  /** Where the line of a dead letter came from; the letter has a source of its own. */
  static final String LETTER_SOURCE = "logdash.dlq.source";

  private static final int MAX_HEADERS = 64;
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final byte[] NOTHING = {};

  private KafkaRecords() {}

  /** What a record will have in the topic beside its bytes. */
  static Map<String, byte[]> headers(Submission record, Origin origin, long receivedNanos) {
    Map<String, byte[]> headers = new HashMap<>();
    record
        .headers()
        .forEach(
            (name, value) ->
                headers.put(
                    name.equals(Headers.SOURCE) ? LETTER_SOURCE : name, value.getBytes(UTF_8)));
    headers.put(Headers.ORIGIN, origin.toText().getBytes(UTF_8));
    headers.put(Headers.RECEIVED, Long.toString(receivedNanos).getBytes(UTF_8));
    headers.put(Headers.SOURCE, record.source().getBytes(UTF_8));
    if (!record.dataset().equals(RawRecord.DEFAULT_DATASET)) {
      headers.put(Headers.DATASET, record.dataset().getBytes(UTF_8));
    }
    return headers;
  }

  static List<Header> toKafka(Map<String, byte[]> headers) {
    return headers.entrySet().stream()
        .map(entry -> (Header) new RecordHeader(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The time a submission brings along with an origin, or -1. */
  static long received(Submission record) {
    return nanos(record.headers().get(Headers.RECEIVED));
  }

  /**
   * What a record of a topic is. One that is not of ours gets an origin by its place and the time
   * that the broker has for it.
   *
   * @param place the topic and the partition, with a hyphen between
   */
  static RawRecord read(ConsumerRecord<byte[], byte[]> record, String place) {
    byte[] value = record.value() == null ? NOTHING : record.value();
    if (!record.headers().iterator().hasNext()) {
      return new RawRecord(
          new Origin(place, 0, record.offset()),
          record.offset(),
          stamped(record),
          RawRecord.DEFAULT_DATASET,
          key(record.key(), place),
          Map.of(),
          value,
          0,
          value.length);
    }
    Map<String, String> headers = texts(record);
    String text = headers.remove(Headers.ORIGIN);
    Origin origin = text == null ? null : Origin.parse(text);
    long received = nanos(headers.get(Headers.RECEIVED));
    // Half of an identity is none: the id of an event is made of both.
    if (origin == null || received < 0) {
      origin = new Origin(place, 0, record.offset());
      received = stamped(record);
    }
    headers.remove(Headers.RECEIVED);
    String dataset = headers.remove(Headers.DATASET);
    String source = headers.remove(Headers.SOURCE);
    String letterSource = headers.remove(LETTER_SOURCE);
    if (letterSource != null) {
      headers.put(Headers.SOURCE, letterSource);
    }
    return new RawRecord(
        origin,
        record.offset(),
        received,
        dataset == null || dataset.isEmpty() ? RawRecord.DEFAULT_DATASET : dataset,
        source == null ? key(record.key(), place) : source,
        headers,
        value,
        0,
        value.length);
  }

  /** The time that the broker has for a record, in nanoseconds. */
  private static long stamped(ConsumerRecord<byte[], byte[]> record) {
    return Math.min(Math.max(0, record.timestamp()), Long.MAX_VALUE / 1_000_000L) * 1_000_000L;
  }

  private static Map<String, String> texts(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> texts = new HashMap<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      if (value != null && value.length <= MAX_HEADER_BYTES && texts.size() < MAX_HEADERS) {
        String text = utf8(value);
        if (text != null) {
          texts.put(header.key(), text);
        }
      }
    }
    return texts;
  }

  private static String key(byte @Nullable [] key, String place) {
    if (key == null || key.length == 0 || key.length > MAX_HEADER_BYTES) {
      return place;
    }
    String text = utf8(key);
    return text == null ? place : text;
  }

  private static @Nullable String utf8(byte[] bytes) {
    if (isAscii(bytes)) {
      return new String(bytes, ISO_8859_1);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static long nanos(@Nullable String digits) {
    if (digits == null || digits.isEmpty() || digits.length() > 19) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

package dev.logdash.elasticsearch;

import dev.logdash.api.event.LogEvent;
import java.util.Arrays;

/**
 * The lines of a bulk request, each with its line feed, in one piece of memory that serves one
 * request after the other. Not safe for use by several threads.
 */
final class BulkBody {

  private static final Fragment CREATE = Fragment.of("{\"create\":{\"_index\":\"");
  private static final Fragment DELETE = Fragment.of("{\"delete\":{\"_index\":\"");
  private static final Fragment ID = Fragment.of("\",\"_id\":\"");
  private static final Fragment END = Fragment.of("\"}}\n");

  private final JsonBytes json;
  private final EventDocument document = new EventDocument();
  private int[] places = new int[64];
  // Where the lines of each action end.
  private int[] ends = new int[64];
  private int count;

  /**
   * @param expectedBytes what it will about have
   */
  BulkBody(int expectedBytes) {
    json = new JsonBytes(expectedBytes);
  }

  /**
   * Actions that are complete. Those of a body change with it.
   *
   * @see BulkBody#lines
   */
  static final class Lines {

    private final byte[] bytes;
    private final int[] places;
    private final int[] ends;
    private final int count;

    private Lines(byte[] bytes, int[] places, int[] ends, int count) {
      this.bytes = bytes;
      this.places = places;
      this.ends = ends;
      this.count = count;
    }

    /** What is sent, up to {@link #length}; not to be changed. */
    byte[] bytes() {
      return bytes;
    }

    int length() {
      return start(count);
    }

    /** How many actions there are. */
    int count() {
      return count;
    }

    /** By which the answer of an action is told. */
    int place(int action) {
      return places[action];
    }

    /** A copy of some of the actions alone, given by their numbers in ascending order. */
    Lines only(int[] some) {
      int size = 0;
      for (int action : some) {
        size += start(action + 1) - start(action);
      }
      byte[] copy = new byte[size];
      int[] places = new int[some.length];
      int[] ends = new int[some.length];
      int end = 0;
      for (int i = 0; i < some.length; i++) {
        int from = start(some[i]);
        int length = start(some[i] + 1) - from;
        System.arraycopy(bytes, from, copy, end, length);
        end += length;
        places[i] = this.places[some[i]];
        ends[i] = end;
      }
      return new Lines(copy, places, ends, some.length);
    }

    private int start(int action) {
      return action == 0 ? 0 : ends[action - 1];
    }
  }

  /** Forgets everything that was added; no lines of it may be in use any more. */
  void clear() {
    json.cut(0);
    count = 0;
  }

  /** How many bytes it keeps hold of. */
  int capacity() {
    return json.array().length;
  }

  /**
   * Adds an event, unless there are others and it would take the body beyond so many bytes.
   *
   * @return whether it was added
   */
  boolean create(int place, String index, LogEvent event, int mostBytes) {
    int start = json.length();
    action(CREATE, index, event.id());
    document.write(event, json);
    json.raw('\n');
    if (count > 0 && json.length() > mostBytes) {
      json.cut(start);
      return false;
    }
    added(place);
    return true;
  }

  void delete(int place, String index, String id) {
    action(DELETE, index, id);
    added(place);
  }

  /** Everything that was added so far, good until the next change. */
  Lines lines() {
    return new Lines(json.array(), places, ends, count);
  }

  private void action(Fragment start, String index, String id) {
    json.raw(start);
    json.text(index);
    json.raw(ID);
    json.text(id);
    json.raw(END);
  }

  private void added(int place) {
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    places[count] = place;
    ends[count] = json.length();
    count++;
  }
}

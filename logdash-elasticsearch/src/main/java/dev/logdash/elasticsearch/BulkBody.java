package dev.logdash.elasticsearch;

import dev.logdash.api.event.LogEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The lines of a bulk request, each with its line feed, in one piece of memory. Not safe for use by
 * several threads.
 */
final class BulkBody {

  private static final JsonFactory LINES = JsonFactory.builder().rootValueSeparator("\n").build();

  private final Buffer bytes;
  private final JsonGenerator json;
  private final EventDocument document = new EventDocument();
  private final List<Action> actions = new ArrayList<>();
  private int end;

  /**
   * @param expectedBytes what it will about have
   */
  BulkBody(int expectedBytes) {
    bytes = new Buffer(expectedBytes);
    json = LINES.createGenerator(ObjectWriteContext.empty(), bytes);
  }

  /**
   * Something to do.
   *
   * @param place by which its answer is told
   */
  record Action(int place, int from, int to) {}

  /** Lines that are complete. */
  static final class Lines {

    private final byte[] bytes;
    private final int length;
    private final List<Action> actions;

    private Lines(byte[] bytes, int length, List<Action> actions) {
      this.bytes = bytes;
      this.length = length;
      this.actions = List.copyOf(actions);
    }

    /** What is sent, up to {@link #length}; not to be changed. */
    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }

    List<Action> actions() {
      return actions;
    }

    /** The lines of some of the actions alone. */
    Lines only(List<Action> some) {
      int size = some.stream().mapToInt(action -> action.to() - action.from()).sum();
      byte[] copy = new byte[size];
      List<Action> moved = new ArrayList<>(some.size());
      int end = 0;
      for (Action action : some) {
        int length = action.to() - action.from();
        System.arraycopy(bytes, action.from(), copy, end, length);
        moved.add(new Action(action.place(), end, end + length));
        end += length;
      }
      return new Lines(copy, size, moved);
    }
  }

  /**
   * Adds an event, unless there are others and it would take the body beyond so many bytes.
   *
   * @return whether it was added; the body takes nothing more if not
   */
  boolean create(int place, String index, LogEvent event, int mostBytes) {
    action("create", index, event.id());
    document.write(event, json);
    return end(place, mostBytes);
  }

  void delete(int place, String index, String id) {
    action("delete", index, id);
    end(place, Integer.MAX_VALUE);
  }

  /** Everything that was added; nothing can be added any more. */
  Lines lines() {
    json.close();
    // Behind the last action there is a separator already if something did not fit.
    if (bytes.size() < end) {
      bytes.write('\n');
    }
    return new Lines(bytes.array(), end, actions);
  }

  private void action(String name, String index, String id) {
    json.writeStartObject();
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("_index", index);
    json.writeStringProperty("_id", EventText.wellFormed(id));
    json.writeEndObject();
    json.writeEndObject();
  }

  private boolean end(int place, int mostBytes) {
    json.flush();
    // The line feed is what the generator writes in front of the next line.
    int next = bytes.size() + 1;
    if (!actions.isEmpty() && next > mostBytes) {
      return false;
    }
    actions.add(new Action(place, end, next));
    end = next;
    return true;
  }

  private static final class Buffer extends ByteArrayOutputStream {

    Buffer(int size) {
      super(size);
    }

    byte[] array() {
      return buf;
    }
  }
}

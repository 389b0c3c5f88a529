package dev.logdash.elasticsearch;

import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** What the server says of each action of a bulk request, in their order. */
final class BulkAnswer {

  private int[] statuses = new int[64];
  private String[] types = {};
  private String[] reasons = {};
  private int count;

  private BulkAnswer() {}

  /** Reads an answer; one without items, or without a body, is of no action. */
  static BulkAnswer read(byte[] body) {
    BulkAnswer answer = new BulkAnswer();
    if (body.length > 0) {
      try (JsonParser json = Answer.JSON.createParser(ObjectReadContext.empty(), body)) {
        if (json.nextToken() == JsonToken.START_OBJECT) {
          answer.readBody(json);
        }
      }
    }
    return answer;
  }

  int count() {
    return count;
  }

  /** The status of HTTP; 0 if there is none. */
  int status(int item) {
    return statuses[item];
  }

  /** The name of the failure, or the empty string. */
  String type(int item) {
    return item < types.length && types[item] != null ? types[item] : "";
  }

  /** What the failure says in words, or the empty string. */
  String reason(int item) {
    return item < reasons.length && reasons[item] != null ? reasons[item] : "";
  }

  private void readBody(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean items = json.currentName().equals("items");
      if (json.nextToken() == JsonToken.START_ARRAY && items) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          readItem(json);
        }
      } else {
        json.skipChildren();
      }
    }
  }

  /** Reads {@code {"create":{"status":201}}}; anything else is not counted. */
  private void readItem(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        if (count == statuses.length) {
          statuses = Arrays.copyOf(statuses, 2 * count);
        }
        readOutcome(json);
        count++;
      } else {
        json.skipChildren();
      }
    }
  }

  private void readOutcome(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT && name.equals("status")) {
        statuses[count] = json.getIntValue();
      } else if (value == JsonToken.START_OBJECT && name.equals("error")) {
        readError(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readError(JsonParser json) {
    types = Arrays.copyOf(types, statuses.length);
    reasons = Arrays.copyOf(reasons, statuses.length);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("type")) {
        types[count] = json.getString();
      } else if (value == JsonToken.VALUE_STRING && name.equals("reason")) {
        reasons[count] = json.getString();
      } else {
        json.skipChildren();
      }
    }
  }
}

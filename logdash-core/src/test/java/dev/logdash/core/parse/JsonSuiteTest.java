package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonSuiteTest {

  @Test
  void agreesWithTheSuiteOnWhatIsJson() throws Exception {
    List<Map<String, String>> cases = objects("jsontestsuite.json");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(130);
    FieldSink sink = new FieldSink();
    DetectingParser detecting = Parsers.detecting();
    for (Map<String, String> test : cases) {
      byte[] input = Base64.getDecoder().decode(test.get("input_b64"));
      boolean valid = new JsonScanner(new KeyCache()).isValid(input, 0, input.length);
      if (!test.get("expect").equals("either")) {
        assertThat(valid).as(test.get("id")).isEqualTo(test.get("expect").equals("accept"));
      }
      sink.clear();
      assertThat(detecting.parse(input, 0, input.length, sink)).as(test.get("id")).isTrue();
      sink.clear();
      boolean object = Parsers.named("json").parse(input, 0, input.length, sink);
      assertThat(object).as(test.get("id")).isEqualTo(valid && isObject(input));
      assertThat(sink.isClear()).as(test.get("id")).isEqualTo(!object);
    }
  }

  @Test
  void givesNaughtyStringsBackExactly() throws Exception {
    List<String> strings = strings("blns.json");
    assertThat(strings).hasSizeGreaterThanOrEqualTo(210);
    for (String string : strings) {
      byte[] line = string.getBytes(UTF_8);
      FieldSink sink = new FieldSink();
      assertThat(Parsers.named("text").parse(line, 0, line.length, sink)).isTrue();
      assertThat(sink.message()).isEqualTo(new String(line, UTF_8).replaceAll("[ \t\r]+$", ""));
    }
  }

  private static boolean isObject(byte[] input) {
    int at = 0;
    while (at < input.length && " \t\r\n".indexOf(input[at]) >= 0) {
      at++;
    }
    return at < input.length && input[at] == '{';
  }

  private static List<Map<String, String>> objects(String resource) throws Exception {
    List<Map<String, String>> objects = new ArrayList<>();
    try (InputStream in = JsonSuiteTest.class.getResourceAsStream(resource);
        JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      Map<String, String> object = new LinkedHashMap<>();
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          object.put(json.currentName(), json.getString());
        } else if (json.currentToken() == JsonToken.END_OBJECT) {
          objects.add(object);
          object = new LinkedHashMap<>();
        }
      }
    }
    return objects;
  }

  private static List<String> strings(String resource) throws Exception {
    List<String> strings = new ArrayList<>();
    try (InputStream in = JsonSuiteTest.class.getResourceAsStream(resource);
        JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          strings.add(json.getString());
        }
      }
    }
    return strings;
  }
}

package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;

class AnswerTest {

  // More than the parser lets collide, and so many that it minds.
  private static final int NAMES = 4_000;
  private static final int SAME_BITS = 0xfff;

  @Test
  void readsNamesThatCollide() throws Exception {
    List<String> names = colliding();
    StringBuilder json = new StringBuilder("{");
    names.forEach(name -> json.append('"').append(name).append("\":1,"));
    json.append("\"last\":2}");

    Answer answer = Answer.read(json.toString().getBytes(ISO_8859_1));

    assertThat(answer.names()).startsWith(names.get(0), names.get(1)).hasSize(NAMES + 1);
    assertThat(answer.at("last").number()).isEqualTo(2);
  }

  /** Names of four letters that the parser of this process puts into one place of its table. */
  private static List<String> colliding() throws ReflectiveOperationException {
    Field table = JsonFactory.class.getDeclaredField("_byteSymbolCanonicalizer");
    table.setAccessible(true);
    ByteQuadsCanonicalizer symbols = (ByteQuadsCanonicalizer) table.get(Answer.JSON);
    List<String> names = new ArrayList<>();
    byte[] name = new byte[4];
    for (int i = 0; names.size() < NAMES; i++) {
      int quad = 0;
      for (int at = 0; at < name.length; at++) {
        name[at] = (byte) ('0' + (i >> (6 * at)) % 64);
        quad = quad << 8 | name[at];
      }
      boolean plain = quad != 0 && new String(name, ISO_8859_1).indexOf('\\') < 0;
      if (plain && (symbols.calcHash(quad) & SAME_BITS) == 0) {
        names.add(new String(name, ISO_8859_1));
      }
    }
    return names;
  }
}

package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.FieldConverter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads grok: regular expressions in which {@code %{NAME:field:type}} stands for a definition. */
final class GrokReader implements RegexReader.Groups {

  // Definitions that hold others twice grow without end otherwise.
  private static final int MAX_REFERENCES = 2_000;

  /** Reads the usual notation of a date by hand, which is tried before its definition. */
  private static final Map<String, Node.Reader> USUAL =
      Map.of(
          "HTTPDATE",
          DateLetters.read("dd/MMM/yyyy:HH:mm:ss Z", null, 0),
          "TIMESTAMP_ISO8601",
          new IsoReader());

  private final Map<String, String> own;
  private final Columns columns;
  private final Set<String> open = new LinkedHashSet<>();
  private int references;

  GrokReader(Map<String, String> own, Columns columns) {
    this.own = own;
    this.columns = columns;
  }

  Node read(String pattern) {
    return new RegexReader(pattern, this).read();
  }

  @Override
  public Node named(String name, Node part, int offset) {
    return columns.add(name, FieldConverter.Kind.NAMED, part, offset);
  }

  @Override
  public Node reference(String inside, int offset) {
    String[] parts = inside.split(":", 3);
    String name = parts[0].strip();
    if (++references > MAX_REFERENCES) {
      throw new PatternException("the definitions hold one another too often", offset);
    }
    if (parts.length == 1 || parts[1].isBlank()) {
      return definition(name, offset);
    }
    FieldConverter.Kind kind = kind(parts.length == 3 ? parts[2].strip() : "", offset);
    String field = Columns.fieldName(parts[1].strip());
    int index = columns.reserve(field, kind, offset);
    return new Node.Column(index, definition(name, offset));
  }

  private Node definition(String name, int offset) {
    String text = own.get(name);
    if (text == null) {
      for (AddressReader address : AddressReader.values()) {
        if (address.name().equals(name)) {
          return new Node.Read(address);
        }
      }
      text = GrokLibrary.DEFINITIONS.get(name);
    }
    if (text == null) {
      throw new PatternException(
          "there is no pattern of the name "
              + name
              + Nearest.hint(name, GrokLibrary.DEFINITIONS.keySet(), own.keySet()),
          offset);
    }
    if (!open.add(name)) {
      throw new PatternException("the definition of " + name + " holds itself", offset);
    }
    try {
      Node defined = new RegexReader(text, this).read();
      Node.Reader usual = own.containsKey(name) ? null : USUAL.get(name);
      return usual == null ? defined : new Node.Any(List.of(new Node.Read(usual), defined));
    } catch (PatternException e) {
      throw e.inDefinition(name, offset);
    } finally {
      open.remove(name);
    }
  }

  private static FieldConverter.Kind kind(String type, int offset) {
    switch (type) {
      case "int":
      case "integer":
      case "long":
        return FieldConverter.Kind.WHOLE;
      case "float":
      case "double":
        return FieldConverter.Kind.DECIMAL;
      case "":
      case "string":
      case "keyword":
      case "text":
        return FieldConverter.Kind.NAMED;
      default:
        throw new PatternException(
            "there is no type '" + type + "'; there are int, long, float, double, string", offset);
    }
  }
}

package dev.logdash.core.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.EcsFields;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a table from a CSV file (RFC 4180) in UTF-8: the first line names the columns, the first
 * column has the keys, the names of the others are those of the fields. At most {@value #MAX_BYTES}
 * bytes, {@value #MAX_ROWS} rows and {@value #MAX_COLUMNS} columns.
 */
final class LookupFile {

  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_ROWS = 200_000;
  private static final int MAX_COLUMNS = 64;
  private static final int MAX_NAME = 170;

  // Parts of the event itself, which no attribute may hide.
  private static final Set<String> RESERVED =
      Set.of(
          EcsFields.TIMESTAMP,
          EcsFields.MESSAGE,
          EcsFields.LOG_LEVEL,
          EcsFields.SEVERITY,
          EcsFields.EVENT_ID,
          EcsFields.EVENT_INGESTED,
          EcsFields.LOG_SOURCE,
          EcsFields.TRACE_ID,
          EcsFields.SPAN_ID);

  private LookupFile() {}

  /**
   * The table in a file.
   *
   * @throws IllegalArgumentException if there is none that can be used; says the line where there
   *     is one
   */
  static LookupTable read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new IllegalArgumentException(
            "it has " + size + " bytes; a table has at most " + MAX_BYTES);
      }
      String text = Files.readString(file, UTF_8);
      return parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("it cannot be read: " + e, e);
    }
  }

  static LookupTable parse(String text) {
    CsvRows rows = new CsvRows(text);
    List<String> header = rows.next();
    if (header.isEmpty()) {
      throw new IllegalArgumentException("it is empty; its first line has to name the columns");
    }
    check(header);
    Map<String, List<String>> table = new HashMap<>();
    for (List<String> row = rows.next(); !row.isEmpty(); row = rows.next()) {
      if (row.size() != header.size()) {
        throw wrong(rows, row.size() + " values for " + header.size() + " columns");
      }
      if (row.get(0).isEmpty()) {
        throw wrong(rows, "the key is empty");
      }
      if (table.size() == MAX_ROWS) {
        throw wrong(rows, "a table has at most " + MAX_ROWS + " rows");
      }
      if (table.put(row.get(0), List.copyOf(row.subList(1, row.size()))) != null) {
        throw wrong(rows, "the key '" + row.get(0) + "' is there twice");
      }
    }
    return new LookupTable(header.get(0), header.subList(1, header.size()), table);
  }

  private static void check(List<String> header) {
    if (header.size() < 2 || header.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "line 1: a table has 2 to " + MAX_COLUMNS + " columns, not " + header.size());
    }
    Set<String> names = new HashSet<>();
    for (String name : header) {
      if (name.isBlank() || name.length() > MAX_NAME || !names.add(name)) {
        throw new IllegalArgumentException(
            "line 1: a column needs a name of its own of at most " + MAX_NAME + " characters");
      }
    }
    for (String name : header.subList(1, header.size())) {
      if (RESERVED.contains(name)) {
        throw new IllegalArgumentException(
            "line 1: " + name + " is a part of the event itself and cannot be added");
      }
    }
  }

  private static IllegalArgumentException wrong(CsvRows rows, String problem) {
    return new IllegalArgumentException("line " + rows.line() + ": " + problem);
  }
}

package dev.logdash.core.enrich;

import java.util.List;
import java.util.Map;

/**
 * Rows by their key.
 *
 * @param keyName the name of the column of keys
 * @param fields the names of the other columns
 * @param rows one value for each field, empty for none
 */
record LookupTable(String keyName, List<String> fields, Map<String, List<String>> rows) {

  LookupTable {
    fields = List.copyOf(fields);
    rows = Map.copyOf(rows);
  }
}

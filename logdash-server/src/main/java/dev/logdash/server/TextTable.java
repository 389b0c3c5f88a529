package dev.logdash.server;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells as aligned text: the first columns to the left, numbers to the right. */
final class TextTable {

  private final int leftColumns;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(int leftColumns, String... heading) {
    this.leftColumns = leftColumns;
    rows.add(List.of(heading));
  }

  void row(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(EventLines.visible(cell).replace('\n', ' '));
    }
    rows.add(row);
  }

  void print(PrintStream out) {
    int[] width = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < width.length; i++) {
        String space = " ".repeat(width[i] - row.get(i).length());
        line.append(i == 0 ? "  " : "   ");
        line.append(i < leftColumns ? row.get(i) + space : space + row.get(i));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}

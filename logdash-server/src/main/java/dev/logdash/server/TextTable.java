package dev.logdash.server;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Rows of cells as aligned text: some columns to the left, numbers to the right. */
final class TextTable {

  private final IntPredicate left;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(int leftColumns, String... heading) {
    this(column -> column < leftColumns, List.of(heading));
  }

  /**
   * @param left which columns stand to the left
   */
  TextTable(IntPredicate left, List<String> heading) {
    this.left = left;
    row(heading.toArray(String[]::new));
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
        line.append(left.test(i) ? row.get(i) + space : space + row.get(i));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}

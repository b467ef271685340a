package org.theine.jcache.bench.speed;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in columns that are as wide as they must be. Not thread-safe. */
final class Grid {
  private final String alignment;
  private final List<List<String>> lines = new ArrayList<>();

  /** With a column for each letter: l for left, r for right. */
  Grid(String alignment) {
    this.alignment = alignment;
  }

  /** Adds a line, a cell for each column. */
  void add(List<String> cells) {
    if (cells.size() != alignment.length()) {
      throw new IllegalArgumentException(
          "a line must have " + alignment.length() + " cells: " + cells);
    }
    lines.add(List.copyOf(cells));
  }

  /** All lines, two spaces between columns. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> cells : lines) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < cells.size(); column++) {
        String cell = cells.get(column);
        String blank = " ".repeat(width(column) - cell.length());
        line.append(column == 0 ? "" : "  ");
        line.append(alignment.charAt(column) == 'r' ? blank + cell : cell + blank);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return lines.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
  }
}

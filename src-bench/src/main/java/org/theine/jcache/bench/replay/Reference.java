package org.theine.jcache.bench.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hit ratios that were found elsewhere, from a file. Not thread-safe. */
final class Reference {
  static final String FILE = "reference.csv";

  private static final String HEAD = "trace,size,policy,hit_ratio";

  /** Hit ratios by policy, by cell as text. */
  private final Map<String, Map<String, Double>> ratios = new HashMap<>();

  /** Reads the file in a folder, if there is one. */
  void readIfPresent(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      parse(file.toString(), Files.readAllLines(file));
    }
  }

  /** Adds the lines of a file; what is wrong is named with {@code name} and the line. */
  void parse(String name, List<String> lines) {
    if (lines.isEmpty() || !(lines.get(0) + ",").startsWith(HEAD + ",")) {
      throw new IllegalArgumentException(name + " line 1: must begin with " + HEAD);
    }
    for (int i = 1; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(",", -1);
      if (lines.get(i).isBlank()) {
        continue;
      }
      if (fields.length < 4 || !fields[3].matches("[01](\\.[0-9]*)?")) {
        throw new IllegalArgumentException(
            name + " line " + (i + 1) + ": must be " + HEAD + ": " + lines.get(i));
      }
      ratios
          .computeIfAbsent(fields[0] + "@" + fields[1], absent -> new LinkedHashMap<>())
          .put(fields[2], Double.valueOf(fields[3]));
    }
  }

  /** What is known of a cell: hit ratio by policy. */
  Map<String, Double> of(Cell cell) {
    return ratios.getOrDefault(cell.toString(), Map.of());
  }
}

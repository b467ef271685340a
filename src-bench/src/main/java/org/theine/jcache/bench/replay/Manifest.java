package org.theine.jcache.bench.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads lists of traces, tables with tabs between the columns. Stateless. */
final class Manifest {
  static final String FILE = "manifest.tsv";

  private static final List<String> COLUMNS =
      List.of("name", "spec", "sizes", "requests", "distinct", "class", "origin", "licence");

  private Manifest() {}

  /** Reads the manifest of the shipped traces. */
  static List<TraceRow> shipped() throws IOException {
    try (InputStream in = Manifest.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(FILE + ": no such resource in " + Manifest.class.getPackageName());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return parse("shipped " + FILE, text.lines().toList(), new ShippedFiles());
    }
  }

  /** Reads the manifest in a folder. */
  static List<TraceRow> folder(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new IOException(folder + ": must be a folder with a file " + FILE);
    }
    return parse(file.toString(), Files.readAllLines(file), new FolderFiles(folder));
  }

  /** Parses the lines of a manifest; what is wrong is named with {@code name} and the line. */
  static List<TraceRow> parse(String name, List<String> lines, TraceFiles files) {
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(name + ": must begin with the names of its columns");
    }
    checkHead(name, lines.get(0).split("\t", -1));
    List<TraceRow> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        TraceRow row = row(line.split("\t", -1), files);
        if (!names.add(row.name())) {
          throw new IllegalArgumentException("name must be new: " + row.name());
        }
        rows.add(row);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + " line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return rows;
  }

  private static void checkHead(String name, String[] head) {
    for (int i = 0; i < COLUMNS.size(); i++) {
      String found = i < head.length ? head[i] : "";
      if (!found.equals(COLUMNS.get(i))) {
        throw new IllegalArgumentException(
            "%s line 1: column %d must be '%s': '%s'"
                .formatted(name, i + 1, COLUMNS.get(i), found));
      }
    }
  }

  private static TraceRow row(String[] fields, TraceFiles files) {
    if (fields.length != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "must have " + COLUMNS.size() + " columns: " + fields.length);
    }
    if (!fields[0].matches("[\\w.+-]+")) {
      throw new IllegalArgumentException(
          "name must be of letters, digits and . _ + -: '" + fields[0] + "'");
    }
    if (fields[5].isBlank()) {
      throw new IllegalArgumentException("class must say what kind of trace it is");
    }
    return new TraceRow(
        fields[0], Spec.parse(fields[1], files), sizes(fields[2]), requests(fields[3]), fields[5]);
  }

  private static List<Long> sizes(String field) {
    List<Long> sizes = new ArrayList<>();
    long before = 0;
    for (String size : field.split(",", -1)) {
      if (!size.matches("[0-9]{1,18}") || Long.parseLong(size) <= before) {
        throw new IllegalArgumentException(
            "sizes must be positive, ascending, with commas between: '" + field + "'");
      }
      before = Long.parseLong(size);
      sizes.add(before);
    }
    return sizes;
  }

  private static long requests(String field) {
    if (!field.matches("[0-9]{0,18}")) {
      throw new IllegalArgumentException("requests must be a count or empty: '" + field + "'");
    }
    return field.isEmpty() ? 0 : Long.parseLong(field);
  }
}

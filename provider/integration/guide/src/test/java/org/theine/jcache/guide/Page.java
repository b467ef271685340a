package org.theine.jcache.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the guide.
 *
 * @param file the file it is in
 * @param lines its text
 */
record Page(Path file, List<String> lines) {
  static final Path FOLDER = Path.of("..", "..", "docs");
  private static final String FENCE = "```";

  /**
   * What stands between two fences.
   *
   * @param page the page it is on
   * @param line of the first fence, from 1
   * @param info the language, and what follows it on that line
   * @param content the lines between
   */
  record Block(Page page, int line, String info, String content) {
    @Override
    public String toString() {
      return page.name() + ":" + line;
    }
  }

  static Page of(String name) {
    Path file = FOLDER.resolve(name);
    try {
      return new Page(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Page> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .map(Page::of)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return file.getFileName().toString();
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    int open = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(FENCE)) {
        continue;
      }
      if (open < 0) {
        open = i;
      } else {
        String info = lines.get(open).substring(FENCE.length());
        String content = String.join("\n", lines.subList(open + 1, i)) + "\n";
        blocks.add(new Block(this, open + 1, info, content));
        open = -1;
      }
    }
    if (open >= 0) {
      throw new IllegalStateException(name() + ": the block of line " + (open + 1) + " has no end");
    }
    return blocks;
  }

  List<Block> blocks(String info) {
    return blocks().stream().filter(block -> block.info().equals(info)).toList();
  }

  @Override
  public String toString() {
    return name();
  }
}

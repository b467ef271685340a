package org.theine.jcache.bench;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param out where the page goes, null for the default
 * @param help whether only the usage is wanted
 */
record Options(@Nullable Path out, boolean help) {

  static final String USAGE =
      """
      usage: Demonstration [--out FILE] [--help]
        --out FILE  where the page goes (default: demonstration.html in the target folder)
        --help      shows this and does nothing else
      """;

  /** Reads the command line; an argument that is not understood is named in the exception. */
  static Options parse(String... arguments) {
    Path out = null;
    boolean help = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--out" -> {
          if (++i == arguments.length) {
            throw new IllegalArgumentException("--out must be followed by a file");
          }
          out = file(arguments[i]);
        }
        case "--help" -> help = true;
        default ->
            throw new IllegalArgumentException(
                "unknown option '" + arguments[i] + "'; the options are --out FILE and --help");
      }
    }
    return new Options(out, help);
  }

  private static Path file(String name) {
    try {
      if (!name.isBlank()) {
        return Path.of(name);
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--out must be a file name: '" + name + "'", e);
    }
    throw new IllegalArgumentException("--out must be a file name: '" + name + "'");
  }
}

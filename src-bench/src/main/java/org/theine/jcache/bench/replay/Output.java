package org.theine.jcache.bench.replay;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the results go. What is there is replaced only by what is complete.
 *
 * @param folder that the files are in
 */
record Output(Path folder) {

  /** Checks, before the long work, that files can be written there; makes the folder. */
  static Output prepare(@Nullable Path asked) throws IOException {
    Path folder = asked == null ? defaultFolder() : asked;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + ": must be a folder that can be written");
    }
    return new Output(folder.toAbsolutePath().normalize());
  }

  private static IOException unwritable(Path folder, IOException e) {
    return new IOException(folder + ": must be a folder that can be written (" + e + ")", e);
  }

  /** Beside the folder that the classes or their jar lie in; in a build that is target. */
  private static Path defaultFolder() throws IOException {
    CodeSource source = Output.class.getProtectionDomain().getCodeSource();
    try {
      Path classes = source == null ? Path.of("classes") : Path.of(source.getLocation().toURI());
      return classes.resolveSibling("replay");
    } catch (URISyntaxException e) {
      throw new IOException("--out must be given, the classes are at no path", e);
    }
  }

  /** The file with the figures. */
  Path table() {
    return folder.resolve("replay.csv");
  }

  /** The page. */
  Path page() {
    return folder.resolve("replay.html");
  }

  /** Writes both. */
  void write(Results results, List<Contender> contenders) throws IOException {
    write(table(), Csv.of(results));
    write(page(), new ReplayPage(results, contenders).html());
  }

  private void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw unwritable(folder, e);
    }
  }
}

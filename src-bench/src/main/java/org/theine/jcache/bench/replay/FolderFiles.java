package org.theine.jcache.bench.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.theine.jcache.bench.Trace;

/**
 * Traces in a folder.
 *
 * @param folder that has them
 */
record FolderFiles(Path folder) implements TraceFiles {

  @Override
  public String place() {
    return folder.toString();
  }

  @Override
  public boolean has(String file) {
    try {
      return Files.isRegularFile(folder.resolve(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public Trace read(String file) throws IOException {
    return Trace.read(folder.resolve(file));
  }
}

package org.theine.jcache.bench.replay;

import java.io.IOException;
import org.theine.jcache.bench.Trace;

/** The traces that are shipped as resources. */
record ShippedFiles() implements TraceFiles {
  private static final String ENDING = ".tht.gz";

  @Override
  public String place() {
    return "the shipped traces";
  }

  @Override
  public boolean has(String file) {
    return file.endsWith(ENDING) && Trace.class.getResource(file) != null;
  }

  @Override
  public Trace read(String file) throws IOException {
    return Trace.resource(file.substring(0, file.length() - ENDING.length()));
  }
}

package org.theine.jcache.bench.replay;

import java.io.IOException;
import org.theine.jcache.bench.Trace;

/** The recorded traces that a manifest can name. */
interface TraceFiles {

  /** What people call the place. */
  String place();

  /** Whether there is a file of that name. */
  boolean has(String file);

  /** Reads a file. */
  Trace read(String file) throws IOException;
}

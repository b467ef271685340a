package org.theine.jcache.bench.replay;

import java.util.List;

/**
 * A row of a manifest: a trace and the sizes to replay it at.
 *
 * @param name of the trace
 * @param spec what it is made from
 * @param sizes the bounds in ascending order: entries, or their weight if the spec has weights
 * @param requests as the manifest has it, 0 if it says nothing
 * @param kind the class, as the manifest has it
 */
record TraceRow(String name, Spec spec, List<Long> sizes, long requests, String kind) {

  TraceRow {
    sizes = List.copyOf(sizes);
  }

  /** Whether the requests were recorded rather than made up or joined together. */
  boolean real() {
    return !kind.startsWith("synthetic") && !kind.startsWith("phases");
  }
}

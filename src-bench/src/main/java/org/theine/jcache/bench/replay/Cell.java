package org.theine.jcache.bench.replay;

/**
 * A trace at a size.
 *
 * @param trace which
 * @param size the bound: entries, or weight
 */
record Cell(TraceInfo trace, long size) {

  /** A name for people. */
  @Override
  public String toString() {
    return trace.name() + "@" + size;
  }
}

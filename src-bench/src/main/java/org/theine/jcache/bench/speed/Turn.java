package org.theine.jcache.bench.speed;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.theine.jcache.bench.jmh.Keys;

/** Where a thread stands in the requests; each starts elsewhere. */
@State(Scope.Thread)
public class Turn {
  private int at = ThreadLocalRandom.current().nextInt(Keys.REQUESTS);

  /** The index of the next request. */
  int next() {
    return at++ & Keys.REQUESTS - 1;
  }
}

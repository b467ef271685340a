package org.theine.jcache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.expiry.ExpiryPolicy;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * The operations on a cache whose entries live for an hour, and a sweep as one more of them. Time
 * goes by with it, but never so much that an entry expires. Public since Lincheck uses it by
 * reflection.
 */
public abstract class SweptOperations extends CacheOperations {
  /** Three of them are less than the hour. */
  private static final long STEP_NANOS = TimeUnit.MINUTES.toNanos(19);

  private static final int STEPS = 3;

  private final AtomicLong nanos;
  private final AtomicInteger steps = new AtomicInteger();

  SweptOperations(ExpiryPolicy policy) {
    this(policy, new AtomicLong());
  }

  private SweptOperations(ExpiryPolicy policy, AtomicLong nanos) {
    super(expiring(policy, nanos));
    this.nanos = nanos;
  }

  /** Lets time go by and removes what is due: nothing. */
  @Operation
  public void sweep() {
    if (steps.incrementAndGet() <= STEPS) {
      nanos.addAndGet(STEP_NANOS);
    }
    cache.unwrap(TheineCache.class).expireNow();
  }
}

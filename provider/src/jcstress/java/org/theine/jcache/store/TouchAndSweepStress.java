package org.theine.jcache.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLZ_Result;

/** A touch when the deadline passes, which a reader and the sweep see. */
@JCStressTest
@Outcome(id = "hit, hit, true", expect = Expect.ACCEPTABLE, desc = "touched in time")
@Outcome(id = "miss, miss, false", expect = Expect.ACCEPTABLE, desc = "expired")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "revived after it was seen expired, or lost although touched")
@State
public class TouchAndSweepStress {
  private final AtomicLong now = new AtomicLong();
  private final Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, now::get);

  public TouchAndSweepStress() {
    Stores.put(store, "key", "value", TimeUnit.SECONDS.toNanos(1));
  }

  @Actor
  public void touch(LLZ_Result result) {
    int hash = store.hash("key");
    String seen = store.access("key", hash, () -> TimeUnit.SECONDS.toNanos(100));
    result.r1 = seen == null ? "miss" : "hit";
  }

  @Actor
  public void sweep(LLZ_Result result) {
    now.set(TimeUnit.SECONDS.toNanos(10));
    result.r2 = Stores.contains(store, "key") ? "hit" : "miss";
    store.tick();
  }

  @Arbiter
  public void after(LLZ_Result result) {
    result.r3 = Stores.contains(store, "key");
  }
}

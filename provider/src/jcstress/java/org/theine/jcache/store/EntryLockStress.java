package org.theine.jcache.store;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Two owners of a key whose node dies with the first unlock. One that were not woken would let the
 * test run into its time limit.
 */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "two owners at a time")
@State
public class EntryLockStress {
  private final Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, null);

  /** Guarded by the lock of the key. */
  private int count;

  @Actor
  public void first() {
    Entry<String, String> entry = Stores.lock(store, "key");
    count++;
    store.exclusive().unlock(entry);
  }

  /** One that may run user code, and so is recorded. */
  @Actor
  public void second() {
    Entry<String, String> entry = store.exclusive().lock("key", store.hash("key"), true);
    count++;
    store.exclusive().unlock(entry);
  }

  @Arbiter
  public void look(I_Result result) {
    result.r1 = count;
  }
}

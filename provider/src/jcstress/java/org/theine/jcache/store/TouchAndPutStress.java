package org.theine.jcache.store;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;

/** A touch that brings the deadline nearer, and a put that moves it away. */
@JCStressTest
@Outcome(id = "old, 2000", expect = Expect.ACCEPTABLE, desc = "touched, then put")
@Outcome(id = "new, 10", expect = Expect.ACCEPTABLE, desc = "put, then touched")
@Outcome(expect = Expect.FORBIDDEN, desc = "a stale touch has moved the deadline of the put")
@State
public class TouchAndPutStress {
  private final Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, () -> 0);

  public TouchAndPutStress() {
    Stores.put(store, "key", "old", 1_000);
  }

  @Actor
  public void touch(LJ_Result result) {
    result.r1 = store.access("key", store.hash("key"), () -> 10);
  }

  @Actor
  public void put() {
    Stores.put(store, "key", "new", 2_000);
  }

  @Arbiter
  public void look(LJ_Result result) {
    Entry<String, String> entry = Stores.lock(store, "key");
    result.r2 = entry.deadline();
    store.exclusive().unlock(entry);
  }
}

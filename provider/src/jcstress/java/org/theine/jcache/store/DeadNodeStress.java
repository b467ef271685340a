package org.theine.jcache.store;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A put, while the node that it finds dies with the unlock of another operation. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "stored")
@Outcome(expect = Expect.FORBIDDEN, desc = "the put has committed to a dead node")
@State
public class DeadNodeStress {
  private final Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, null);

  @Actor
  public void put() {
    Stores.put(store, "key", "value");
  }

  @Actor
  public void comeAndGo() {
    store.exclusive().unlock(Stores.lock(store, "key"));
  }

  @Arbiter
  public void look(Z_Result result) {
    result.r1 = Stores.contains(store, "key");
    store.audit();
  }
}

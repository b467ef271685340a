package org.theine.jcache.store;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** The table grows while keys are looked up that are there throughout: version, buckets, links. */
@JCStressTest
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(expect = Expect.FORBIDDEN, desc = "a key that is there was missed")
@State
public class MissStress {
  private static final int FULL = 8; // the first length of a table: the next one makes it grow

  private final Store<Integer, String> store = Stores.create(StoreSettings.UNBOUNDED, null);

  public MissStress() {
    for (int key = 0; key < FULL; key++) {
      Stores.put(store, key, "lasting");
    }
  }

  @Actor
  public void grow() {
    Stores.put(store, FULL, "one more");
  }

  @Actor
  public void look(ZZZ_Result result) {
    result.r1 = Stores.contains(store, 0);
    result.r2 = Stores.contains(store, 3);
    result.r3 = Stores.contains(store, 7);
  }
}

package org.theine.jcache.store;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Four looks in a row, while a put has found the entry alive, its deadline passes, and the put
 * commits in place: o(ld), m(iss), n(ew).
 */
@JCStressTest
@Outcome(id = "o*m*n*", expect = Expect.ACCEPTABLE, desc = "old, then perhaps expired, then new")
@Outcome(expect = Expect.FORBIDDEN, desc = "hit, miss, hit, or an expired value shown again")
@State
public class ExpiryAndCommitStress {
  private final AtomicLong now = new AtomicLong();
  private final Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, now::get);

  public ExpiryAndCommitStress() {
    Stores.put(store, "key", "o", 10);
  }

  @Actor
  public void put() {
    Entry<String, String> entry = Stores.lock(store, "key");
    store.exclusive().current(entry);
    now.set(10);
    store.exclusive().replace(entry, "n", 1, 1_000);
    store.exclusive().unlock(entry);
  }

  @Actor
  public void look(L_Result result) {
    result.r1 = look() + look() + look() + look();
  }

  private String look() {
    String seen = store.access("key", store.hash("key"), null);
    return seen == null ? "m" : seen;
  }
}

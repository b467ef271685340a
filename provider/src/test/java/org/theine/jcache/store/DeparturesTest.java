package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who leaves unasked is told of before its key can be used again. */
class DeparturesTest {
  private final AtomicLong now = new AtomicLong();
  private final Witness witness = new Witness();

  /** Writes down whether key and shard were still taken when it was told. */
  private static final class Witness implements Departures<Integer, String> {
    final List<String> told = new ArrayList<>();
    @Nullable Store<Integer, String> store;

    @Override
    public void arrived(Entry<Integer, String> entry, String value) {}

    @Override
    public void evicted(Entry<Integer, String> entry, String value) {
      tell("evicted", entry, value);
    }

    @Override
    public void expired(Entry<Integer, String> entry, String value) {
      tell("expired", entry, value);
    }

    private void tell(String what, Entry<Integer, String> entry, String value) {
      Store<Integer, String> told = store;
      assertThat(told).isNotNull();
      ReentrantLock lock = (ReentrantLock) told.lockOf(told.shardOf(entry.hash()));
      this.told.add(
          "%s %d=%s, shard locked: %s, free: %s"
              .formatted(what, entry.key(), value, lock.isHeldByCurrentThread(), entry.tryLock(0)));
    }

    @Override
    public void settled() {}
  }

  private Store<Integer, String> store(long maximum) {
    Store<Integer, String> store = Stores.create(maximum, now::get, witness);
    witness.store = store;
    return store;
  }

  private void assertToldOf(String departure) {
    assertThat(witness.told).containsExactly(departure + ", shard locked: true, free: false");
  }

  @Test
  void evicted_victim_toldUnderTheShardLock() {
    Store<Integer, String> store = store(1);
    Stores.put(store, 1, "one");

    Stores.put(store, 2, "two");

    assertToldOf(Stores.contains(store, 1) ? "evicted 2=two" : "evicted 1=one");
    store.audit();
  }

  /** Others may have made room since the evictor found no other victim. */
  @Test
  void evictOwn_totalWithinTheMaximumByThen_keepsIt() {
    Store<Integer, String> store = store(2);
    Stores.put(store, 1, "one");
    Stores.put(store, 2, "two");
    Entry<Integer, String> entry = Stores.lock(store, 1);
    Shard<Integer, String> shard = store.shard(entry.hash());

    shard.lock().lock();
    shard.evictOwn(entry);
    shard.lock().unlock();
    store.exclusive().unlock(entry);

    assertThat(witness.told).isEmpty();
    assertThat(Stores.contains(store, 1)).isTrue();
    store.audit();
  }

  @Test
  void expired_swept_toldUnderTheShardLock() {
    Store<Integer, String> store = store(10);
    Stores.put(store, 1, "one", 10);
    now.set(TimeUnit.SECONDS.toNanos(10));

    store.tick();

    assertToldOf("expired 1=one");
    store.audit();
  }

  @Test
  void expired_foundByAnOwner_toldUnderTheShardLock() {
    Store<Integer, String> store = store(10);
    Stores.put(store, 1, "one", 10);
    now.set(10);

    Stores.put(store, 1, "another", 10);

    assertToldOf("expired 1=one");
    store.audit();
  }
}

package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.theine.jcache.timer.Clock;

/** A shard alone, with a policy that does what the test says. */
abstract class ShardFixture {
  static final long MAXIMUM = 100;
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  final AtomicLong ticker = new AtomicLong();
  final ScriptedPolicy policy = new ScriptedPolicy();
  final Bound bound = new Bound(MAXIMUM);
  final List<String> told = new ArrayList<>();
  Runnable whenTold = () -> {};
  @Nullable IntToLongFunction hashes;
  final Shard<String, String> shard =
      new Shard<>(this::policy, bound, new Told(), new Clock(ticker::get));

  private ScriptedPolicy policy(IntToLongFunction hashesOfSlots) {
    hashes = hashesOfSlots;
    return policy;
  }

  final class Told implements Departures<String, String> {
    @Override
    public void arrived(Entry<String, String> entry, String value) {}

    @Override
    public void evicted(Entry<String, String> entry, String value) {
      told.add("evicted " + entry.key() + "=" + value);
      whenTold.run();
    }

    @Override
    public void expired(Entry<String, String> entry, String value) {
      told.add("expired " + entry.key() + "=" + value);
      whenTold.run();
    }

    @Override
    public void settled() {}
  }

  /** Puts a mapping, and leaves it unlocked. */
  Entry<String, String> put(String key, int weight, long deadline) {
    return put(new ExpiringEntry<>(key, key.hashCode(), 0), weight, deadline);
  }

  Entry<String, String> put(Entry<String, String> entry, int weight, long deadline) {
    assertThat(entry.tryLock(0)).isTrue();
    shard.lock().lock();
    assertThat(shard.addIfAbsent(entry)).isSameAs(entry);
    assertThat(shard.insert(entry, "value", weight, deadline)).isTrue();
    shard.lock().unlock();
    assertThat(entry.tryUnlock()).isTrue();
    return entry;
  }

  Entry<String, String> put(String key) {
    return put(key, 1, Clock.NEVER);
  }

  Eviction evict(@Nullable Entry<String, String> own) {
    shard.lock().lock();
    try {
      return shard.evict(own);
    } finally {
      shard.lock().unlock();
    }
  }

  void sweep(long now) {
    shard.lock().lock();
    try {
      shard.sweep(now);
    } finally {
      shard.lock().unlock();
    }
  }

  void exceed() {
    bound.setMaximum(1);
  }

  @AfterEach
  void shard_atTheEnd_isUnlockedAndSound() {
    assertThat(shard.lock().isLocked()).isFalse();
    shard.lock().lock();
    shard.audit();
    shard.lock().unlock();
  }
}

package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.theine.jcache.CacheStressTest.Value;

/**
 * Keeps the books of a cache by what a listener is told. The story of each key must have no gap:
 * every event says what the one before has left. Safe for use by several threads; what is told of
 * one key is told by one thread at a time.
 */
final class Ledger
    implements CacheEntryCreatedListener<Integer, Value>,
        CacheEntryUpdatedListener<Integer, Value>,
        CacheEntryExpiredListener<Integer, Value>,
        CacheEntryRemovedListener<Integer, Value> {
  private final Map<Integer, Value> entries = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> misfits = new ConcurrentLinkedQueue<>();
  private final AtomicLong created = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();
  final AtomicLong evicted = new AtomicLong();

  private void change(CacheEntryEvent<? extends Integer, ? extends Value> event, boolean leaves) {
    Integer key = event.getKey();
    Value before = leaves ? entries.remove(key) : entries.put(key, event.getValue());
    if (!Objects.equals(before, event.getOldValue())) {
      misfits.add(
          "%s of %d: was %s, told before: %s"
              .formatted(event.getEventType(), key, event.getOldValue(), before));
    }
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends Value>> events) {
    for (CacheEntryEvent<? extends Integer, ? extends Value> event : events) {
      created.incrementAndGet();
      change(event, false);
    }
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends Integer, ? extends Value>> events) {
    for (CacheEntryEvent<? extends Integer, ? extends Value> event : events) {
      change(event, false);
    }
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ? extends Value>> events) {
    for (CacheEntryEvent<? extends Integer, ? extends Value> event : events) {
      expired.incrementAndGet();
      change(event, true);
    }
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends Integer, ? extends Value>> events) {
    for (CacheEntryEvent<? extends Integer, ? extends Value> event : events) {
      RemovalCause cause = event.unwrap(TheineCacheEntryEvent.class).cause();
      (cause == RemovalCause.EXPLICIT ? removed : evicted).incrementAndGet();
      change(event, true);
    }
  }

  /** Whether all has been told that leads to these entries. */
  boolean isBalanced(Map<Integer, Value> present) {
    return created.get() == removed.get() + evicted.get() + expired.get() + present.size()
        && entries.equals(present);
  }

  void requireBalanced(Map<Integer, Value> present, String when) {
    assertThat(misfits).as("%s: events that do not follow from those before", when).isEmpty();
    assertThat(removed.get() + evicted.get() + expired.get() + present.size())
        .as("%s: removed %s, evicted %s, expired %s, present", when, removed, evicted, expired)
        .isEqualTo(created.get());
    assertThat(new HashMap<>(entries)).as("%s: entries by what was told", when).isEqualTo(present);
  }
}

package org.theine.jcache;

import java.util.function.BiConsumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.EventKind;
import org.theine.jcache.management.CacheStatistics;
import org.theine.jcache.store.Departures;
import org.theine.jcache.store.Entry;
import org.theine.jcache.store.EntryCursor;
import org.theine.jcache.timer.ExpirationThread;

/**
 * Lets a simulation in another package drive a cache by hand and look inside it: nothing of the
 * cache runs any more but in the calling thread.
 *
 * @param <K> the type of keys
 */
public final class SimulatedCache<K> {
  private final TheineCache<K, ?> cache;
  private final CacheParts<K, ?> parts;

  /** An executor that only queues: the cache needs no thread of its own beside it. */
  public interface Executor extends CacheExecutor.Queueing {}

  /** Is shown an entry: its key, its value as a user would get it, its deadline. */
  @FunctionalInterface
  public interface Visitor<K> {
    /** Called for each entry, also for one that has expired and not left yet. */
    void visit(K key, Object value, long deadline);
  }

  /**
   * Takes a cache over from the thread that lets entries expire.
   *
   * @param departures is told of each entry that expires or is evicted, at that moment
   */
  @SuppressWarnings("unchecked")
  public SimulatedCache(Cache<K, ?> cache, BiConsumer<EventKind, K> departures) {
    this.cache = (TheineCache<K, ?>) cache;
    this.parts = this.cache.parts();
    ExpirationThread.unregister(parts.store);
    parts.witness = new Witness<>(departures);
  }

  private record Witness<K>(BiConsumer<EventKind, K> departures) implements Departures<K, Object> {
    @Override
    public void arrived(Entry<K, Object> entry, Object value) {}

    @Override
    public void evicted(Entry<K, Object> entry, Object value) {
      departures.accept(EventKind.EVICTED, entry.key());
    }

    @Override
    public void expired(Entry<K, Object> entry, Object value) {
      departures.accept(EventKind.EXPIRED, entry.key());
    }

    @Override
    public void settled() {}
  }

  /** What the thread would do that lets entries expire. */
  public void tick() {
    parts.store.tick();
  }

  public void audit() {
    cache.audit();
  }

  public CacheStatistics statistics() {
    return parts.statistics;
  }

  /** Shows all entries; leaves no trace. */
  public void forEach(Visitor<K> visitor) {
    parts.store.forEach(
        entry -> {
          Object value = entry.value();
          if (value != null) {
            visitor.visit(entry.key(), parts.given(value), entry.deadline());
          }
        });
  }

  /** Walks as the iterator of the cache does, to tell which entries that one finds. */
  public Walk walk() {
    return new Walk(parts.store.cursor());
  }

  /** A walk over the entries. */
  public final class Walk {
    private final EntryCursor<K, Object> cursor;
    private boolean alive;

    private Walk(EntryCursor<K, Object> cursor) {
      this.cursor = cursor;
    }

    /** The key of the next entry, or null at the end. */
    public @Nullable K next() {
      Entry<K, Object> entry = cursor.next();
      alive = entry != null && parts.store.peek(entry) != null;
      return entry == null ? null : entry.key();
    }

    /** Whether the entry that next returned has not expired. */
    public boolean isAlive() {
      return alive;
    }
  }
}

package org.theine.jcache.faults;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.CacheEntryEvictedListener;
import org.theine.jcache.Copier;
import org.theine.jcache.RemovalCause;
import org.theine.jcache.Serializer;
import org.theine.jcache.TheineCacheEntryEvent;

/** What a user plugs in, each behind the trap. */
final class PlugIns {
  private PlugIns() {}

  /** Has a value for every key. */
  record Loader(Trap trap) implements CacheLoader<Key, Value> {
    @Override
    public Value load(Key key) {
      return trap.during(Callback.LOAD, () -> loaded(key));
    }

    @Override
    public Map<Key, Value> loadAll(Iterable<? extends Key> keys) {
      return trap.during(
          Callback.LOAD_ALL,
          () ->
              Trap.lookingOn(
                  () -> {
                    Map<Key, Value> all = new HashMap<>();
                    keys.forEach(key -> all.put(key, loaded(key)));
                    return all;
                  }));
    }

    private Value loaded(Key key) {
      return new Value("loaded " + key.id, trap);
    }
  }

  /** Takes from a collection what it has written, one by one, as it is asked to. */
  record Writer(Trap trap, Map<Integer, String> written) implements CacheWriter<Key, Value> {
    @Override
    public void write(Cache.Entry<? extends Key, ? extends Value> entry) {
      trap.during(Callback.WRITE, () -> put(entry));
    }

    private @Nullable String put(Cache.Entry<? extends Key, ? extends Value> entry) {
      return written.put(entry.getKey().id, entry.getValue().text);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Key, ? extends Value>> entries) {
      for (Iterator<Cache.Entry<? extends Key, ? extends Value>> left = entries.iterator();
          left.hasNext(); ) {
        trap.during(Callback.WRITE_ALL, () -> put(left.next()));
        left.remove();
      }
    }

    @Override
    public void delete(Object key) {
      trap.during(Callback.DELETE, () -> written.remove(((Key) key).id));
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
        trap.during(Callback.DELETE_ALL, () -> written.remove(((Key) left.next()).id));
        left.remove();
      }
    }
  }

  /** Ten minutes or what the test says, from the creation and each update. */
  record Policy(Trap trap, AtomicInteger minutes, boolean touches) implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return trap.during(
          Callback.EXPIRY_CREATION, () -> new Duration(TimeUnit.MINUTES, minutes.get()));
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return trap.<@Nullable Duration>during(
          Callback.EXPIRY_ACCESS,
          () -> touches && !Trap.isLookingOn() ? new Duration(TimeUnit.MINUTES, 5) : null);
    }

    @Override
    public Duration getExpiryForUpdate() {
      return trap.during(
          Callback.EXPIRY_UPDATE, () -> new Duration(TimeUnit.MINUTES, minutes.get()));
    }
  }

  /** Copies keys and values. */
  record TrappedCopier(Trap trap) implements Copier<Object> {
    @Override
    public Object copy(Object object) {
      return trap.during(
          Callback.COPIER,
          () ->
              object instanceof Key key
                  ? new Key(key.id, key.hash, trap)
                  : new Value(((Value) object).text, trap));
    }
  }

  /** Serialises keys and values to text. */
  record TrappedSerializer(Trap trap) implements Serializer {
    @Override
    public byte[] serialize(Object object) {
      return trap.during(
          Callback.SERIALIZE,
          () -> {
            String form =
                object instanceof Key key
                    ? "k," + key.id + "," + key.hash
                    : "v," + ((Value) object).text;
            return form.getBytes(StandardCharsets.UTF_8);
          });
    }

    @Override
    public Object deserialize(byte[] bytes) {
      return trap.during(
          Callback.DESERIALIZE,
          () -> {
            String[] form = new String(bytes, StandardCharsets.UTF_8).split(",", -1);
            return form[0].equals("k")
                ? new Key(Integer.parseInt(form[1]), Integer.parseInt(form[2]), trap)
                : new Value(form[1], trap);
          });
    }
  }

  private static boolean isDeparture(CacheEntryEvent<?, ?> event) {
    return event.getEventType() == EventType.EXPIRED
        || event.getEventType() == EventType.REMOVED
            && event.unwrap(TheineCacheEntryEvent.class).cause() != RemovalCause.EXPLICIT;
  }

  /** Looks at the value before it lets an event pass. */
  record Filter(Trap trap, boolean synchronous) implements CacheEntryEventFilter<Key, Value> {
    @Override
    public boolean evaluate(CacheEntryEvent<? extends Key, ? extends Value> event) {
      Callback filter =
          !synchronous
              ? Callback.ASYNC_FILTER
              : isDeparture(event) ? Callback.FILTER_OF_DEPARTURES : Callback.FILTER;
      return trap.during(
          filter,
          () -> {
            event.getValue();
            return true;
          });
    }
  }

  /** Hears of everything. */
  abstract static class Listener
      implements CacheEntryCreatedListener<Key, Value>,
          CacheEntryUpdatedListener<Key, Value>,
          CacheEntryRemovedListener<Key, Value>,
          CacheEntryExpiredListener<Key, Value>,
          CacheEntryEvictedListener<Key, Value> {
    abstract void hear(String kind, CacheEntryEvent<? extends Key, ? extends Value> event);

    private void each(
        String kind, Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {
      events.forEach(event -> hear(kind, event));
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {
      each("CREATED", events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {
      each("UPDATED", events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {
      each("REMOVED", events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {
      each("EXPIRED", events);
    }

    @Override
    public void onEvicted(Iterable<CacheEntryEvent<? extends Key, ? extends Value>> events) {
      each("EVICTED", events);
    }
  }

  /** Looks at all that an event has. */
  static final class TrappedListener extends Listener {
    private final Trap trap;
    private final String prefix;

    TrappedListener(Trap trap, boolean synchronous) {
      this.trap = trap;
      this.prefix = synchronous ? "LISTENER_" : "ASYNC_";
    }

    @Override
    void hear(String kind, CacheEntryEvent<? extends Key, ? extends Value> event) {
      trap.during(
          Callback.valueOf(prefix + kind),
          () -> {
            event.getKey();
            event.getValue();
            event.getOldValue();
            return null;
          });
    }
  }

  /** Writes down what it hears, unseen by the trap. */
  static final class Recorder extends Listener {
    private final Map<Integer, List<String>> heard;

    Recorder(Map<Integer, List<String>> heard) {
      this.heard = heard;
    }

    @Override
    void hear(String kind, CacheEntryEvent<? extends Key, ? extends Value> event) {
      Trap.lookingOn(
          () ->
              heard
                  .computeIfAbsent(event.getKey().id, World::newList)
                  .add(kind + " " + event.getValue() + " was " + event.getOldValue()));
    }
  }

  /** Runs tasks in other threads, and knows when none is under way. */
  static final class TrappedExecutor implements Executor {
    private final Trap trap;
    private final AtomicInteger pending = new AtomicInteger();

    TrappedExecutor(Trap trap) {
      this.trap = trap;
    }

    @Override
    public void execute(Runnable task) {
      trap.during(Callback.EXECUTOR, () -> null);
      pending.incrementAndGet();
      CountDownLatch ended = new CountDownLatch(1);
      Threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              Thread.interrupted();
              ended.countDown();
              pending.decrementAndGet();
            }
          });
      try {
        trap.during(Callback.EXECUTOR_LATER, () -> null);
      } catch (Throwable e) { // not before the task has begun, which cannot be seen
        Threads.await("the task that was taken", () -> ended.getCount() == 0);
        throw e;
      }
    }

    void awaitQuiet() {
      Threads.await("tasks that end", () -> pending.get() == 0);
    }

    boolean isQuiet() {
      return pending.get() == 0;
    }
  }

  /** Writes down which of its two ends it is told. */
  record Completion(Trap trap, List<Object> told) implements CompletionListener {
    @Override
    public void onCompletion() {
      told.add("completed");
      trap.during(Callback.COMPLETION, () -> null);
    }

    @Override
    public void onException(Exception e) {
      told.add(e);
      trap.during(Callback.COMPLETION, () -> null);
    }
  }
}

package org.theine.jcache;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** Plug-ins that a configuration names, and classes that cannot be any. */
final class NamedPlugIns {
  private NamedPlugIns() {}

  /** What was written and heard, since the last look. */
  static final List<String> LOG = new ArrayList<>();

  static String name(Class<?> type) {
    return type.getName();
  }

  static final class LengthWeigher implements Weigher<Object, Object> {
    @Override
    public int weigh(Object key, Object value) {
      return value.toString().length();
    }
  }

  static final class Echo implements CacheLoader<Object, Object> {
    @Override
    public Object load(Object key) {
      return "loaded " + key;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      Map<Object, Object> loaded = new TreeMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  static final class EchoFactory implements Factory<CacheLoader<Object, Object>> {
    private static final long serialVersionUID = 1L;

    @Override
    public CacheLoader<Object, Object> create() {
      return new Echo();
    }
  }

  static final class FactoryOfOthers implements Factory<Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public Object create() {
      return "no loader";
    }
  }

  static final class LoggingWriter implements CacheWriter<Object, Object> {
    @Override
    public void write(Cache.Entry<?, ?> entry) {
      LOG.add("wrote " + entry.getKey());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
      entries.forEach(this::write);
      entries.clear();
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.clear();
    }
  }

  static final class LoggingListener implements CacheEntryCreatedListener<Object, Object> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
      events.forEach(event -> LOG.add("heard " + event.getKey()));
    }
  }

  static final class EvenKeys implements CacheEntryEventFilter<Object, Object> {
    @Override
    public boolean evaluate(CacheEntryEvent<?, ?> event) {
      return (Integer) event.getKey() % 2 == 0;
    }
  }

  static final class FiveMinutes implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.FIVE_MINUTES;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }
  }

  static final class SameCopier implements Copier<Object> {
    @Override
    public Object copy(Object object) {
      return object;
    }
  }

  static final class TextSerializer implements Serializer {
    @Override
    public byte[] serialize(Object object) {
      return object.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Object deserialize(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8) + "!";
    }
  }

  static final class HereAndNow implements Executor {
    @Override
    public void execute(Runnable command) {
      command.run();
    }
  }

  /** Counts how many of it are open. */
  static final class CountedLoader implements CacheLoader<Object, Object>, Closeable {
    static final AtomicInteger OPEN = new AtomicInteger();

    CountedLoader() {
      OPEN.incrementAndGet();
    }

    @Override
    public @Nullable Object load(Object key) {
      return null;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      return Map.of();
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }

  // ---- those that cannot be made

  abstract static class AbstractWeigher implements Weigher<Object, Object> {}

  static final class NeedyWeigher implements Weigher<Object, Object> {
    private final int weight;

    NeedyWeigher(int weight) {
      this.weight = weight;
    }

    @Override
    public int weigh(Object key, Object value) {
      return weight;
    }
  }

  static final class FailingLoader implements CacheLoader<Object, Object> {
    FailingLoader() {
      throw new IllegalStateException("no database");
    }

    @Override
    public @Nullable Object load(Object key) {
      return null;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      return Map.of();
    }
  }

  /** Cannot be initialised. */
  static final class BrokenClass implements CacheLoader<Object, Object> {
    private static final int NUMBER = Integer.parseInt("no number");

    @Override
    public @Nullable Object load(Object key) {
      return NUMBER;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      return Map.of();
    }
  }
}

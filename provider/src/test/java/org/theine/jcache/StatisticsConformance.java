package org.theine.jcache;

import static org.theine.jcache.Caches.synchronous;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches that count, and how they are used. */
abstract class StatisticsConformance {
  @RegisterExtension final Caches caches = new Caches();

  final RecordingListener<Integer, String> listener = new RecordingListener<>();
  final RecordingWriter<Integer, String> writer = new RecordingWriter<>();
  RecordingLoader<Integer, String> loader = new RecordingLoader<>(key -> "loaded " + key);

  TheineConfiguration<Integer, String> configuration() {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    return configuration.addCacheEntryListenerConfiguration(synchronous(listener));
  }

  TheineCache<Integer, String> plain() {
    return caches.create(configuration());
  }

  TheineCache<Integer, String> readThrough() {
    return caches.create(configuration().setReadThrough(true).setCacheLoaderFactory(() -> loader));
  }

  TheineCache<Integer, String> writeThrough() {
    return caches.create(configuration().setWriteThrough(true).setCacheWriterFactory(() -> writer));
  }

  static void loadAll(Cache<Integer, String> cache, Set<Integer> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static Map<Integer, String> contents(Cache<Integer, String> cache) {
    Map<Integer, String> contents = new HashMap<>();
    cache.forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
    return contents;
  }

  /** Passes time on the clock that averages are made with. */
  static void passMilliseconds(long milliseconds) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(milliseconds)) {
      Thread.onSpinWait();
    }
  }

  static <E extends javax.cache.processor.MutableEntry<Integer, String>> Void setTwice(
      E entry, Object... arguments) {
    entry.setValue("x");
    entry.setValue("y");
    return null;
  }

  static <E extends javax.cache.processor.MutableEntry<Integer, String>> Void remove(
      E entry, Object... arguments) {
    entry.remove();
    return null;
  }
}

package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.Caches.synchronous;

import java.util.ArrayList;
import java.util.List;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches for entry processors, and how those are called. */
abstract class ProcessorConformance {
  @RegisterExtension final Caches caches = new Caches();

  final RecordingListener<Integer, String> listener = new RecordingListener<>();
  final RecordingWriter<Integer, String> writer = new RecordingWriter<>();
  RecordingLoader<Integer, String> loader = new RecordingLoader<>(key -> "loaded");

  TheineConfiguration<Integer, String> configuration() {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    return configuration
        .addCacheEntryListenerConfiguration(synchronous(listener))
        .setWriteThrough(true)
        .setCacheWriterFactory(() -> writer);
  }

  /** A cache with a writer, where 1=a. */
  TheineCache<Integer, String> writeThrough() {
    return withOne(configuration());
  }

  /** A cache with a loader and a writer, where 1=a. */
  TheineCache<Integer, String> readAndWriteThrough() {
    return withOne(configuration().setReadThrough(true).setCacheLoaderFactory(() -> loader));
  }

  TheineCache<Integer, String> withOne(TheineConfiguration<Integer, String> configuration) {
    TheineCache<Integer, String> cache = caches.create(configuration);
    cache.put(1, "a");
    forget(cache);
    return cache;
  }

  void forget(TheineCache<Integer, String> cache) {
    listener.take();
    writer.take();
    loader.take();
    Caches.statistics(cache).clear();
  }

  /**
   * Does what each word says, and returns what was got: get, exists, remove, or the value to set.
   */
  static List<@Nullable Object> process(MutableEntry<Integer, String> entry, Object... steps) {
    List<@Nullable Object> got = new ArrayList<>();
    for (Object step : steps) {
      switch ((String) step) {
        case "get" -> got.add(entry.getValue());
        case "exists" -> got.add(entry.exists());
        case "remove" -> entry.remove();
        default -> entry.setValue((String) step);
      }
    }
    return got;
  }

  static List<@Nullable Object> invoke(
      TheineCache<Integer, String> cache, int key, String... steps) {
    List<@Nullable Object> got =
        cache.invoke(key, ProcessorConformanceTest::process, (Object[]) steps);
    assertThat(got).isNotNull();
    return got;
  }
}

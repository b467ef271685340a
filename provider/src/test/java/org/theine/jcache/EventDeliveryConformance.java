package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.Caches.synchronous;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches with listeners, and how they are changed by several threads. */
abstract class EventDeliveryConformance {
  @RegisterExtension final Caches caches = new Caches();

  final RecordingListener<Integer, String> listener = new RecordingListener<>();
  final RecordingListener<Integer, String> other = new RecordingListener<>();
  final RecordingLoader<Integer, String> loader = new RecordingLoader<>(key -> "loaded " + key);

  @SafeVarargs
  final TheineConfiguration<Integer, String> configuration(
      CacheEntryListenerConfiguration<Integer, String>... listeners) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    for (CacheEntryListenerConfiguration<Integer, String> each : listeners) {
      configuration.addCacheEntryListenerConfiguration(each);
    }
    return configuration;
  }

  static void awaitCalmly(CountDownLatch latch) {
    try {
      assertThat(latch.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void createdBy(
      CacheEntryCreatedListener<Integer, String> created, TheineCache<Integer, String> cache) {
    cache.registerCacheEntryListener(synchronous(created));
  }
}

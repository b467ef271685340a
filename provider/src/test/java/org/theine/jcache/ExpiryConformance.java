package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.theine.jcache.Caches.synchronous;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches with an expiry policy that writes down what it is asked, and how they are used. */
abstract class ExpiryConformance {
  static final Duration TEN_SECONDS = new Duration(TimeUnit.SECONDS, 10);

  @RegisterExtension final Caches caches = new Caches();

  final RecordingListener<Integer, String> listener = new RecordingListener<>();
  final RecordingWriter<Integer, String> writer = new RecordingWriter<>();
  final RecordingLoader<Integer, String> loader = new RecordingLoader<>(key -> "loaded " + key);
  final RecordingExpiry expiry = new RecordingExpiry();

  TheineConfiguration<Integer, String> configuration(Factory<? extends ExpiryPolicy> policy) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    return configuration
        .addCacheEntryListenerConfiguration(synchronous(listener))
        .setExpiryPolicyFactory(policy);
  }

  TheineCache<Integer, String> plain() {
    return caches.create(configuration(() -> expiry));
  }

  TheineCache<Integer, String> plain(Factory<? extends ExpiryPolicy> policy) {
    return caches.create(configuration(policy));
  }

  TheineCache<Integer, String> writeThrough() {
    return caches.create(
        configuration(() -> expiry).setWriteThrough(true).setCacheWriterFactory(() -> writer));
  }

  TheineCache<Integer, String> readThrough() {
    return caches.create(
        configuration(() -> expiry).setReadThrough(true).setCacheLoaderFactory(() -> loader));
  }

  void advance(long nanos) {
    caches.advance(java.time.Duration.ofNanos(nanos));
  }

  void advanceSeconds(long seconds) {
    caches.advance(java.time.Duration.ofSeconds(seconds));
  }

  static void loadAll(Cache<Integer, String> cache, Set<Integer> keys, boolean replace) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    assertThatCode(() -> done.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS))
        .doesNotThrowAnyException();
  }

  static void iterate(Cache<Integer, String> cache) {
    cache.forEach(entry -> assertThat(entry.getValue()).isNotNull());
  }

  static void set(Cache<Integer, String> cache, int key, String value) {
    cache.invoke(
        key,
        (entry, arguments) -> {
          entry.setValue(value);
          return null;
        });
  }

  static void remove(Cache<Integer, String> cache, int key) {
    cache.invoke(
        key,
        (entry, arguments) -> {
          entry.remove();
          return null;
        });
  }

  static @Nullable String processedValue(Cache<Integer, String> cache, int key) {
    return cache.<String>invoke(key, (entry, arguments) -> entry.getValue());
  }

  static Supplier<Duration> answering(Duration duration) {
    return () -> duration;
  }

  static @Nullable Duration fail() {
    throw new ArithmeticException("a policy that fails");
  }
}

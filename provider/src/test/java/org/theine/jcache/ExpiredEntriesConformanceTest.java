package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.Caches.assertCounted;
import static org.theine.jcache.Caches.statistics;
import static org.theine.jcache.Caches.synchronous;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What has expired is told once and is absent, where the specification says more than its TCK asks.
 */
final class ExpiredEntriesConformanceTest extends ExpiryConformance {
  @Nested
  @DisplayName("place 16: EXPIRED is told once and in order")
  class ExpiredEvents {
    private final Map<String, Consumer<TheineCache<Integer, String>>> creations =
        new LinkedHashMap<>();

    ExpiredEvents() {
      creations.put("put", cache -> cache.put(1, "b"));
      creations.put("putAll", cache -> cache.putAll(Map.of(1, "b")));
      creations.put("putIfAbsent", cache -> assertThat(cache.putIfAbsent(1, "b")).isTrue());
      creations.put("getAndPut", cache -> assertThat(cache.getAndPut(1, "b")).isNull());
      creations.put("invoke", cache -> set(cache, 1, "b"));
    }

    private void assertExpiredBeforeCreated(
        TheineCache<Integer, String> cache, Consumer<TheineCache<Integer, String>> look) {
      creations.forEach(
          (name, creation) -> {
            cache.put(1, "a");
            advanceSeconds(11);
            look.accept(cache);
            creation.accept(cache);

            assertThat(listener.take())
                .as(name)
                .containsExactly("CREATED 1=a", "EXPIRED 1=a was a", "CREATED 1=b");
            cache.clear();
          });
    }

    @Test
    void create_overExpired_tellsExpiredFirst() {
      assertExpiredBeforeCreated(plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS)), cache -> {});
    }

    @Test
    void create_overExpiredWriteThrough_tellsExpiredFirst() {
      expiry.creation(answering(TEN_SECONDS));
      assertExpiredBeforeCreated(writeThrough(), cache -> {});
    }

    @Test
    void create_afterOthersHaveLooked_tellsExpiredOnce() {
      assertExpiredBeforeCreated(
          plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS)),
          cache -> {
            cache.get(1);
            cache.containsKey(1);
            cache.getAll(Set.of(1));
            iterate(cache);
            cache.remove(1);
            cache.replace(1, "x");
            cache.invoke(1, (entry, arguments) -> entry.exists());
            cache.expireNow();
          });
    }

    @Test
    void load_overExpired_tellsExpiredFirst() {
      expiry.creation(answering(TEN_SECONDS));
      TheineCache<Integer, String> cache = readThrough();
      List<Runnable> loads =
          List.of(
              () -> cache.get(1),
              () -> cache.getAll(Set.of(1)),
              () -> processedValue(cache, 1),
              () -> loadAll(cache, Set.of(1), false),
              () -> loadAll(cache, Set.of(1), true));
      for (Runnable load : loads) {
        cache.put(1, "a");
        advanceSeconds(11);
        load.run();

        assertThat(listener.take())
            .containsExactly("CREATED 1=a", "EXPIRED 1=a was a", "CREATED 1=loaded 1");
        cache.clear();
      }
    }

    @Test
    void expireNow_untouched_tellsAndCounts() throws Exception {
      TheineCache<Integer, String> cache = plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
      for (int key = 0; key < 1000; key++) {
        cache.put(key, "a");
      }
      advanceSeconds(11);
      cache.expireNow();

      assertThat(cache.size()).isZero();
      Caches.await("all events", () -> listener.count() == 2000);
      assertThat(listener.take().stream().filter(event -> event.startsWith("EXPIRED")).distinct())
          .hasSize(1000);
      assertThat(statistics(cache).getCacheRemovals()).isZero();
      assertThat(statistics(cache).getCacheEvictions()).isZero();
    }

    @Test
    void expiration_systemTimeAndUntouched_isToldByItself() throws Exception {
      TheineConfiguration<Integer, String> configuration = new TheineConfiguration<>();
      configuration
          .addCacheEntryListenerConfiguration(synchronous(listener))
          .setExpiryPolicyFactory(
              CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 20)));
      TheineCache<Integer, String> cache = caches.create(configuration);
      cache.put(1, "a");
      cache.put(2, "b");

      Caches.await("all events", () -> listener.count() == 4);

      assertThat(cache.size()).isZero();
      assertThat(listener.take()).contains("EXPIRED 1=a was a", "EXPIRED 2=b was b");
    }

    @Test
    void create_whileAnotherThreadSweeps_keepsTheOrder() throws Exception {
      TheineCache<Integer, String> cache = plain(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
      int rounds = 2000;
      List<String> expected = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        cache.put(1, "v" + round);
        advanceSeconds(11);
        Future<?> sweep = caches.run(cache::expireNow);
        cache.put(1, "w" + round);
        Caches.join(sweep);
        advanceSeconds(11);
        for (String value : List.of("v" + round, "w" + round)) {
          expected.add("CREATED 1=" + value);
          expected.add("EXPIRED 1=" + value + " was " + value);
        }
      }
      cache.put(1, "end");
      expected.add("CREATED 1=end");

      assertThat(listener.take()).isEqualTo(expected);
    }
  }

  @Nested
  @DisplayName("place 17: expired is absent")
  class ExpiredIsAbsent {
    private TheineCache<Integer, String> expired(
        TheineConfiguration<Integer, String> configuration) {
      TheineCache<Integer, String> cache = caches.create(configuration);
      cache.put(1, "a");
      advanceSeconds(10);
      statistics(cache).clear();
      return cache;
    }

    private TheineCache<Integer, String> expired() {
      return expired(configuration(CreatedExpiryPolicy.factoryOf(TEN_SECONDS)));
    }

    @Test
    void look_expired_findsNothing() {
      TheineCache<Integer, String> cache = expired();

      assertThat(cache.get(1)).isNull();
      assertCounted(cache, 0, 1, 0, 0);
      assertThat(cache.getAll(Set.of(1))).isEmpty();
      assertCounted(cache, 0, 1, 0, 0);
      assertThat(cache.containsKey(1)).isFalse();
      assertThat(cache.iterator()).isExhausted();
      assertCounted(cache, 0, 0, 0, 0);
    }

    @Test
    void replace_expired_replacesNothing() {
      assertThat(expired().replace(1, "b")).isFalse();
      assertThat(expired().replace(1, "a", "b")).isFalse();
      assertThat(expired().getAndReplace(1, "b")).isNull();
    }

    @Test
    void remove_expired_removesNothing() {
      assertThat(expired().remove(1)).isFalse();
      assertThat(expired().remove(1, "a")).isFalse();
      assertThat(expired().getAndRemove(1)).isNull();
    }

    @Test
    void put_expired_creates() {
      TheineCache<Integer, String> cache = expired();
      assertThat(cache.putIfAbsent(1, "b")).isTrue();
      assertCounted(cache, 0, 1, 1, 0);
      assertThat(cache.get(1)).isEqualTo("b");

      cache = expired();
      assertThat(cache.getAndPut(1, "b")).isNull();
      assertCounted(cache, 0, 1, 1, 0);
      assertThat(cache.get(1)).isEqualTo("b");
    }

    @Test
    void invoke_expired_seesNothing() {
      TheineCache<Integer, String> cache = expired();
      assertThat(cache.<Boolean>invoke(1, (entry, arguments) -> entry.exists())).isFalse();
      assertCounted(cache, 0, 1, 0, 0);

      cache = expired();
      assertThat(processedValue(cache, 1)).isNull();
      assertCounted(cache, 0, 1, 0, 0);
    }

    @Test
    void loadAll_expired_loadsThoughItKeeps() {
      TheineCache<Integer, String> cache =
          expired(
              configuration(CreatedExpiryPolicy.factoryOf(TEN_SECONDS))
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> loader));

      loadAll(cache, Set.of(1), false);
      assertThat(loader.take()).hasSize(1);
      assertThat(cache.get(1)).isEqualTo("loaded 1");

      loadAll(cache, Set.of(1), false);
      assertThat(loader.take()).isEmpty();
    }
  }
}

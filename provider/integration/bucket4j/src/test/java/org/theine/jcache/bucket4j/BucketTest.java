package org.theine.jcache.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.CompatibilityTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.theine.jcache.TheineConfiguration;

/** Totals of buckets that many threads share, exactly. */
final class BucketTest {
  private static final int THREADS = 8;
  private static final int ATTEMPTS = 2_000;
  private static final int BUCKETS = 10;

  private final CacheManager manager = Caching.getCachingProvider().getCacheManager();
  private final Cache<String, byte[]> cache =
      manager.createCache(
          "buckets",
          new TheineConfiguration<String, byte[]>()
              .setTypes(String.class, byte[].class)
              .setMaximumSize(BUCKETS));

  @AfterEach
  void close() {
    manager.close();
  }

  /** What Bucket4j offers to find out whether a provider is fit for it; takes nine seconds. */
  @Test
  @Tag("full")
  void cache_askedByBucket4j_isCompatible() throws InterruptedException {
    Cache<String, Integer> counters =
        manager.createCache("counters", new TheineConfiguration<String, Integer>());

    new CompatibilityTest(counters).test();
  }

  @Test
  void buckets_manyThreads_giveAsManyTokensAsTheyHave() throws Exception {
    ProxyManager<String> buckets = Bucket4jJCache.entryProcessorBasedBuilder(cache).build();
    BucketConfiguration configuration =
        BucketConfiguration.builder()
            .addLimit(
                limit -> limit.capacity(1_000).refillIntervally(1_000, Duration.ofDays(1_000)))
            .build();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    long consumed = 0;
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        counts.add(threads.submit(() -> consume(buckets, configuration)));
      }
      for (Future<Integer> count : counts) {
        consumed += count.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(consumed).isEqualTo(BUCKETS * 1_000L);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      assertThat(proxy(buckets, configuration, bucket).getAvailableTokens()).isZero();
    }
  }

  private static int consume(ProxyManager<String> buckets, BucketConfiguration configuration) {
    int consumed = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      consumed += proxy(buckets, configuration, i % BUCKETS).tryConsume(1) ? 1 : 0;
    }
    return consumed;
  }

  private static BucketProxy proxy(
      ProxyManager<String> buckets, BucketConfiguration configuration, int bucket) {
    return buckets.builder().build("bucket " + bucket, () -> configuration);
  }
}

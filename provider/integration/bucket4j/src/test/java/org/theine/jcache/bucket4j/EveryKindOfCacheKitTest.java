package org.theine.jcache.bucket4j;

import io.github.bucket4j.tck.AbstractDistributedBucketTest;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Every test of Bucket4j's own kit, with caches of all other kinds. */
@Tag("full")
final class EveryKindOfCacheKitTest extends AbstractDistributedBucketTest {
  private static CacheManager manager;

  @BeforeAll
  static void openCaches() {
    manager = Caching.getCachingProvider().getCacheManager();
    Specs kinds = new Specs(manager);
    specs = List.of(kinds.plain(), kinds.boundedByBytes(), kinds.byReference(), kinds.ownKeys());
  }

  @AfterAll
  static void closeCaches() {
    manager.close();
  }
}

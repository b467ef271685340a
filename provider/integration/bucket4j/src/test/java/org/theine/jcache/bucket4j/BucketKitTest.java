package org.theine.jcache.bucket4j;

import io.github.bucket4j.tck.AbstractDistributedBucketTest;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Every test of Bucket4j's own kit in a bounded cache. */
final class BucketKitTest extends AbstractDistributedBucketTest {
  private static CacheManager manager;

  @BeforeAll
  static void openCaches() {
    manager = Caching.getCachingProvider().getCacheManager();
    specs = List.of(new Specs(manager).bounded());
  }

  @AfterAll
  static void closeCaches() {
    manager.close();
  }
}

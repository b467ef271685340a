package org.theine.jcache.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.guide.Page.Block;

/** The two files that the guide shows side by side make the same caches, each read by its own. */
final class RivalConfigurationsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "xml ehcache, theirs.xml, org.ehcache.jsr107.EhcacheCachingProvider",
    "hocon caffeine, theirs.conf, com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider"
  })
  void files_sideBySide_declareTheSameCaches(String info, String name, String theirs)
      throws Exception {
    List<Block> blocks = Page.of("migrating.md").blocks();
    int position = 0;
    while (!blocks.get(position).info().equals(info)) {
      position++;
    }
    Block ours = blocks.get(position + 1);
    assertThat(ours.info()).isEqualTo("hocon");
    Path theirFile = Files.writeString(folder.resolve(name), blocks.get(position).content());
    Path ourFile = Files.writeString(folder.resolve("ours.conf"), ours.content());

    try (CachingProvider them = Caching.getCachingProvider(theirs);
        CachingProvider us = Caching.getCachingProvider(TheineCachingProvider.class.getName())) {
      CacheManager there = manager(them, theirFile.toUri());
      CacheManager here = manager(us, ourFile.toUri());
      if (there.getCacheNames().iterator().hasNext()) { // Caffeine's names only those in use
        assertThat(names(here)).isEqualTo(names(there));
      }
      for (String cache : here.getCacheNames()) {
        boolean typed = cache.equals("sessions");
        Class<?> type = typed ? String.class : Object.class;
        assertThat((Object) there.getCache(cache, type, type)).as(cache).isNotNull();
        assertThat((Object) here.getCache(cache, type, type)).as(cache).isNotNull();
        assertThat(maximum(here, cache)).as("bound of %s", cache).isLessThan(Long.MAX_VALUE);
      }
    }
  }

  private static CacheManager manager(CachingProvider provider, URI uri) {
    return provider.getCacheManager(uri, RivalConfigurationsTest.class.getClassLoader());
  }

  private static Set<String> names(CacheManager manager) {
    Set<String> names = new TreeSet<>();
    manager.getCacheNames().forEach(names::add);
    return names;
  }

  private static long maximum(CacheManager manager, String name) {
    Cache<Object, Object> cache = manager.getCache(name);
    return cache.unwrap(TheineCache.class).maximum();
  }
}

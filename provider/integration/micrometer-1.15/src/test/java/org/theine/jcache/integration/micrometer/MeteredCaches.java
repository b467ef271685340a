package org.theine.jcache.integration.micrometer;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;

/** Managers and caches of a test, closed after it; and what a registry shows of them. */
final class MeteredCaches implements AfterEachCallback {
  private static final AtomicInteger MADE = new AtomicInteger();

  private final TheineCachingProvider provider = new TheineCachingProvider();
  private final URI uri = URI.create("urn:metered:" + MADE.incrementAndGet());

  CacheManager manager() {
    return manager(uri);
  }

  CacheManager manager(URI ofManager) {
    return provider.getCacheManager(ofManager, null, new Properties());
  }

  static TheineConfiguration<Integer, String> configuration() {
    return new TheineConfiguration<Integer, String>().setTypes(Integer.class, String.class);
  }

  /** Loads "v", and fails for keys below zero. */
  static TheineConfiguration<Integer, String> loading() {
    return configuration().setReadThrough(true).setCacheLoaderFactory(Loader::new);
  }

  private static final class Loader implements CacheLoader<Integer, String> {
    @Override
    public String load(Integer key) {
      if (key < 0) {
        throw new IllegalStateException("made up");
      }
      return "v";
    }

    @Override
    public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, String> values = new TreeMap<>();
      keys.forEach(key -> values.put(key, load(key)));
      return values;
    }
  }

  Cache<Integer, String> cache(String name, TheineConfiguration<Integer, String> configuration) {
    return manager().createCache(name, configuration);
  }

  /**
   * Two hits, one by the iterator, two misses, five puts, a removal, and an eviction if there is a
   * maximum of three.
   */
  static void use(Cache<Integer, String> cache) {
    for (int key = 0; key < 5; key++) {
      cache.put(key, "v");
    }
    int present = cache.iterator().next().getKey();
    cache.get(present);
    cache.get(1_000);
    cache.get(1_001);
    cache.remove(present);
  }

  /** Values by name and tags, as {@code cache.gets{result=hit}}; the tag cache is left out. */
  static Map<String, Double> values(MeterRegistry registry) {
    Map<String, Double> values = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      for (Measurement measurement : meter.measure()) {
        values.put(named(meter.getId()), measurement.getValue());
      }
    }
    return values;
  }

  static String named(Meter.Id id) {
    return id.getTags().stream()
        .filter(tag -> !tag.getKey().equals("cache"))
        .map(MeteredCaches::text)
        .collect(Collectors.joining(",", id.getName() + "{", "}"));
  }

  private static String text(Tag tag) {
    return tag.getKey() + "=" + tag.getValue();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    provider.close();
  }
}

package org.theine.jcache.spring;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/** A service with the annotations of Spring, which counts how often it is really called. */
@CacheConfig(cacheNames = "products")
public class Catalogue {
  /** What is cached, by value: equal to what was put in, another object. */
  record Product(String name, int version) implements Serializable {}

  private final AtomicInteger calls = new AtomicInteger();

  int calls() {
    return calls.get();
  }

  /** Finds a product, unless its name begins with "no". */
  @Cacheable
  public @Nullable Product find(String name) {
    int call = calls.incrementAndGet();
    return name.startsWith("no") ? null : new Product(name, call);
  }

  @Cacheable(unless = "#result == null")
  public @Nullable Product findKnown(String name) {
    return find(name);
  }

  @CachePut(key = "#p0.name()")
  public Product save(Product product) {
    return product;
  }

  @CacheEvict
  public void remove(String name) {}

  @CacheEvict(beforeInvocation = true)
  public void removeAndFail(String name) {
    throw new IllegalStateException("removed before: " + name);
  }

  @CacheEvict(allEntries = true)
  public void removeAll() {}
}

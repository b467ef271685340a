package org.theine.jcache.weld.app;

import jakarta.enterprise.context.ApplicationScoped;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** A bean that the container finds by its scope, and by its class where it takes all. */
@ApplicationScoped
@CacheDefaults(cacheName = "sample")
public class Sample {
  private int runs;

  /** Made by the container. */
  public Sample() {}

  /** Returns how often it ran. */
  @CacheResult
  public int find(int key) {
    return ++runs;
  }

  /** Replaces what is known. */
  @CachePut
  public void put(int key, @CacheValue Integer value) {}

  /** Forgets it. */
  @CacheRemove
  public void remove(int key) {}

  /** Forgets all. */
  @CacheRemoveAll
  public void clear() {}
}

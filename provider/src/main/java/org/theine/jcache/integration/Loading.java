package org.theine.jcache.integration;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Loads values by the user's loader, or loads nothing if there is none. As safe for use by many
 * threads as the loader is.
 *
 * <p>A loader's exception arrives as a {@link CacheLoaderException}; one that is thrown as such
 * passes unchanged. An {@link Error} passes unchanged; who must hand it on as an exception, as to a
 * completion listener, makes one by {@link #failure}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class Loading<K, V> {

  private static final Loading<?, ?> NONE = new Loading<>("", null);

  private final String cacheName;
  private final @Nullable CacheLoader<K, V> loader;

  private Loading(String cacheName, @Nullable CacheLoader<K, V> loader) {
    this.cacheName = cacheName;
    this.loader = loader;
  }

  /**
   * Returns the one that loads nothing.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return always the same
   */
  @SuppressWarnings("unchecked") // it never meets a key or a value
  public static <K, V> Loading<K, V> none() {
    return (Loading<K, V>) NONE;
  }

  /**
   * Makes one that asks a loader.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param cacheName the name of the cache, for messages
   * @param loader the user's loader
   * @return the new one
   */
  public static <K, V> Loading<K, V> of(String cacheName, CacheLoader<K, V> loader) {
    return new Loading<>(cacheName, loader);
  }

  /**
   * Tells whether there is a loader.
   *
   * @return true if there is one
   */
  public boolean isPresent() {
    return loader != null;
  }

  /**
   * Loads the value of a key.
   *
   * @param key the key
   * @return the value, or null if there is none
   * @throws CacheLoaderException if the loader fails
   */
  public @Nullable V load(K key) {
    if (loader == null) {
      return null;
    }
    try {
      return loader.load(key);
    } catch (Exception e) {
      throw wrap(e);
    }
  }

  /**
   * Loads the values of several keys in one call of the loader.
   *
   * @param keys the keys, at least one; the loader sees them as an unmodifiable set of its own
   * @return the values by key, in the order asked for, with the caller's instances of the keys;
   *     without keys that have no value and without those that nobody asked for; null if the loader
   *     gave null in place of a map
   * @throws CacheLoaderException if the loader fails
   */
  public @Nullable Map<K, V> loadAll(Collection<? extends K> keys) {
    if (loader == null) {
      return Map.of();
    }
    Set<K> asked = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
    try {
      Map<K, V> loaded = loader.loadAll(asked);
      return loaded == null ? null : answers(asked, loaded);
    } catch (Exception e) {
      throw wrap(e);
    }
  }

  /**
   * Turns a failure into an exception of its own for one more caller.
   *
   * @param failure what a load threw
   * @return a new exception with the cause of the failure, or the failure itself as its cause
   */
  public CacheLoaderException failure(Throwable failure) {
    boolean wrapped = failure instanceof CacheLoaderException && failure.getCause() != null;
    return wrapped
        ? new CacheLoaderException(message(), failure.getCause())
        : new CacheLoaderException("loading into cache '" + cacheName + "' failed", failure);
  }

  /**
   * Closes the loader if it can be closed.
   *
   * @param closing what closes it
   */
  public void close(Closing closing) {
    closing.close(loader);
  }

  /**
   * What of the loader's map was asked for. The map is walked, not asked: it may compare its keys
   * in a way of its own.
   */
  private static <K, V> Map<K, V> answers(Set<K> asked, Map<K, V> loaded) {
    Map<K, V> byKey = new HashMap<>(loaded);
    Map<K, V> answers = new LinkedHashMap<>();
    for (K key : asked) {
      V value = byKey.get(key);
      if (value != null) {
        answers.put(key, value);
      }
    }
    return answers;
  }

  private CacheLoaderException wrap(Exception e) {
    return (e instanceof CacheLoaderException specified)
        ? specified
        : new CacheLoaderException(message(), e);
  }

  private String message() {
    return "the loader of cache '" + cacheName + "' failed";
  }
}

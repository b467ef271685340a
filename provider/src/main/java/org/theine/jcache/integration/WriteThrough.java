package org.theine.jcache.integration;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the user's writer of changes, or nobody if there is none. As safe for use by many threads
 * as the writer is.
 *
 * <p>A writer's exception arrives as a {@link CacheWriterException}; one that is thrown as such,
 * and an {@link Error}, pass unchanged.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class WriteThrough<K, V> {

  private static final WriteThrough<?, ?> NONE = new WriteThrough<>("", null);

  private final String cacheName;
  private final @Nullable CacheWriter<K, V> writer;

  private WriteThrough(String cacheName, @Nullable CacheWriter<K, V> writer) {
    this.cacheName = cacheName;
    this.writer = writer;
  }

  /**
   * Returns the one that tells nobody.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return always the same
   */
  @SuppressWarnings("unchecked") // it never meets a key or a value
  public static <K, V> WriteThrough<K, V> none() {
    return (WriteThrough<K, V>) NONE;
  }

  /**
   * Makes one that tells a writer.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param cacheName the name of the cache, for messages
   * @param writer the user's writer
   * @return the new one
   */
  @SuppressWarnings("unchecked") // a writer only takes keys and values
  public static <K, V> WriteThrough<K, V> of(
      String cacheName, CacheWriter<? super K, ? super V> writer) {
    return new WriteThrough<>(cacheName, (CacheWriter<K, V>) writer);
  }

  /**
   * Tells whether there is a writer.
   *
   * @return true if there is one
   */
  public boolean isPresent() {
    return writer != null;
  }

  /**
   * Tells the writer of a value.
   *
   * @param key the key
   * @param value its new value
   * @throws CacheWriterException if the writer fails
   */
  public void write(K key, V value) {
    if (writer != null) {
      try {
        writer.write(entry(key, value));
      } catch (Exception e) {
        throw wrap(e);
      }
    }
  }

  /**
   * Tells the writer that a key has no value any more.
   *
   * @param key the key
   * @throws CacheWriterException if the writer fails
   */
  public void delete(K key) {
    if (writer != null) {
      try {
        writer.delete(key);
      } catch (Exception e) {
        throw wrap(e);
      }
    }
  }

  /**
   * Tells the writer of several values in one call.
   *
   * @param entries keys with their new values, made by {@link #entry}; a modifiable collection,
   *     from which the writer takes what it has written. After a failure, what is still in it was
   *     not written.
   * @throws CacheWriterException if the writer fails
   */
  public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    if (writer != null) {
      try {
        writer.writeAll(entries);
      } catch (Exception e) {
        throw wrap(e);
      }
    }
  }

  /**
   * Tells the writer in one call that several keys have no values any more.
   *
   * @param keys the keys; a modifiable collection, from which the writer takes what it has deleted.
   *     After a failure, what is still in it was not deleted.
   * @throws CacheWriterException if the writer fails
   */
  public void deleteAll(Collection<? extends K> keys) {
    if (writer != null) {
      try {
        writer.deleteAll(keys);
      } catch (Exception e) {
        throw wrap(e);
      }
    }
  }

  /**
   * Makes an entry for a writer.
   *
   * @param <K> the type of the key
   * @param <V> the type of the value
   * @param key the key
   * @param value its value
   * @return an immutable entry, equal to any other of this method with an equal key and value
   */
  public static <K, V> Cache.Entry<K, V> entry(K key, V value) {
    return new WrittenEntry<>(key, value);
  }

  /**
   * Closes the writer if it can be closed.
   *
   * @param closing what closes it
   */
  public void close(Closing closing) {
    closing.close(writer);
  }

  private CacheWriterException wrap(Exception e) {
    return (e instanceof CacheWriterException specified)
        ? specified
        : new CacheWriterException("the writer of cache '" + cacheName + "' failed", e);
  }

  private record WrittenEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {

    @Override
    public K getKey() {
      return key;
    }

    @Override
    public V getValue() {
      return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      if (type.isInstance(this)) {
        return type.cast(this);
      }
      throw new IllegalArgumentException("an entry for a writer is no " + type.getName());
    }
  }
}

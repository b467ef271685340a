package org.theine.jcache.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an entry and is to be told. Its description is immutable; what its
 * delivery has come to is guarded by the lock of the shard.
 *
 * @param <K> the type of the key
 */
public final class EntryEvent<K> {
  private final EventPublisher<K, ?> publisher;
  private final EventKind kind;
  private final K key;
  private final int hash;
  private final @Nullable Object value;
  private final @Nullable Object oldValue;

  /** The registrations that are told. */
  final List<? extends ListenerRegistration<K, ?>> targets;

  /**
   * Where it stands, or null if no synchronous listener is to be told. Written before it is seen by
   * others.
   */
  @Nullable EventQueue<K> queue;

  /** The one behind it in its queue. Guarded by the lock of the shard. */
  @Nullable EntryEvent<K> next;

  /** The thread that tells of its key tells this one too. Guarded by the lock of the shard. */
  boolean left;

  /** All synchronous listeners have been told. Guarded by the lock of the shard. */
  boolean done;

  /** The first failure of a synchronous listener. Guarded by the lock of the shard. */
  @Nullable Throwable failure;

  EntryEvent(
      EventPublisher<K, ?> publisher,
      EventKind kind,
      K key,
      int hash,
      @Nullable Object value,
      @Nullable Object oldValue,
      List<? extends ListenerRegistration<K, ?>> targets) {
    this.publisher = publisher;
    this.kind = kind;
    this.key = key;
    this.hash = hash;
    this.value = value;
    this.oldValue = oldValue;
    this.targets = targets;
  }

  EventPublisher<K, ?> publisher() {
    return publisher;
  }

  int hash() {
    return hash;
  }

  /**
   * Returns what happened.
   *
   * @return the kind
   */
  public EventKind kind() {
    return kind;
  }

  /**
   * Returns the key.
   *
   * @return the key as the cache keeps it
   */
  public K key() {
    return key;
  }

  /**
   * Returns the value that the entry has, or had if it has left.
   *
   * @return the value as the cache keeps it
   */
  public @Nullable Object value() {
    return value;
  }

  /**
   * Returns the value that the entry had before.
   *
   * @return the value as the cache kept it; null if it had none
   */
  public @Nullable Object oldValue() {
    return oldValue;
  }
}

package org.theine.jcache.policy;

import java.util.function.IntPredicate;

/**
 * Decides which slots of a shard leave when it holds too much. A slot is <em>linked</em> between
 * {@link #insert} and {@link #remove}. Not thread-safe: the caller holds the shard lock, except for
 * {@link #hit}, which readers call without any lock.
 */
public interface EvictionPolicy {

  /** What {@link #victim} returns when there is nothing to evict. */
  int NONE = -1;

  /**
   * Notes that the entry in a slot was read. Called without a lock; a mark that meets a change of
   * the slot may be lost or may fall on the slot's next entry.
   *
   * @param slot the slot as the reader saw it; negative or unknown slots are ignored
   * @param hash the hash of the entry
   */
  void hit(int slot, long hash);

  /**
   * Links a slot, whose hash is already known to the policy's source of hashes.
   *
   * @param slot a slot that is not linked, at least 0
   * @param weight weight of its entry, at least 0; 1 for each entry if the policy is not weighted
   * @throws IllegalArgumentException if the slot or the weight is not allowed
   */
  void insert(int slot, int weight);

  /**
   * Changes the weight of a linked slot.
   *
   * @param slot a linked slot
   * @param weight its new weight, at least 0; ignored if the policy is not weighted
   * @throws IllegalArgumentException if the slot is not linked or the weight not allowed
   */
  void reweigh(int slot, int weight);

  /**
   * Returns the weight of a linked slot.
   *
   * @param slot a linked slot
   * @return its weight; 1 if the policy is not weighted
   */
  int weight(int slot);

  /**
   * Unlinks a slot: its entry was removed, expired or evicted.
   *
   * @param slot a linked slot
   * @throws IllegalArgumentException if the slot is not linked
   */
  void remove(int slot);

  /**
   * Names the slot that should leave next. It stays linked until {@link #remove}, so that the
   * caller may decline, see {@link #busy}, or spare it. The most recently inserted slot is named
   * only when nothing else can be, or when it is refused, see {@link #refuses}; one of weight 0 is
   * never named.
   *
   * @return a linked slot, or {@link #NONE} if no linked slot weighs anything
   */
  int victim();

  /**
   * Tells why the last victim was named.
   *
   * @param slot the slot that {@link #victim} named last
   * @return whether it was inserted last, and is to leave because it is not worth the room, rather
   *     than because somebody has to
   */
  boolean refuses(int slot);

  /**
   * Declines a victim because its entry is in use. The slot counts as just used: the next {@link
   * #victim} names another slot if there is one.
   *
   * @param slot a linked slot
   * @throws IllegalArgumentException if the slot is not linked
   */
  void busy(int slot);

  /**
   * Changes the share of the maximum that this shard has. Evicts nothing: the caller asks for
   * victims until its total fits.
   *
   * @param maximumWeight the new share, in entries or in weight, at least 0
   * @throws IllegalArgumentException if it is negative
   */
  void capacity(long maximumWeight);

  /**
   * Returns the total weight of the linked slots.
   *
   * @return the total; the number of linked slots if the policy is not weighted
   */
  long weight();

  /** Unlinks all slots. */
  void clear();

  /**
   * Walks all structures and checks them; for tests.
   *
   * @param used tells the slots that should be linked
   * @throws IllegalStateException if something is inconsistent; the message names the slot
   */
  void audit(IntPredicate used);
}

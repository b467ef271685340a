package org.theine.jcache.policy;

import java.util.function.IntPredicate;

/**
 * Lets every slot stay and only counts them. Not thread-safe: the caller holds the shard lock,
 * except for {@link #hit}, which does nothing.
 */
public final class Unbounded implements EvictionPolicy {

  private long size;

  /** Creates a policy without slots. */
  public Unbounded() {}

  @Override
  public void hit(int slot, long hash) {}

  @Override
  public void insert(int slot, int weight) {
    size++;
  }

  @Override
  public void reweigh(int slot, int weight) {}

  @Override
  public int weight(int slot) {
    return 1;
  }

  @Override
  public void remove(int slot) {
    size--;
  }

  @Override
  public boolean refuses(int slot) {
    return false;
  }

  @Override
  public int victim() {
    return NONE;
  }

  @Override
  public void busy(int slot) {}

  @Override
  public void capacity(long maximumWeight) {}

  /**
   * Returns the number of linked slots, whatever they weigh: without a maximum nobody needs more.
   */
  @Override
  public long weight() {
    return size;
  }

  @Override
  public void clear() {
    size = 0;
  }

  /** Checks the little there is: which slots are linked is not recorded. */
  @Override
  public void audit(IntPredicate used) {
    if (size < 0) {
      throw new IllegalStateException("more slots were removed than inserted: " + size);
    }
  }
}

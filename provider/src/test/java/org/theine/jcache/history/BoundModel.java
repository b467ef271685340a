package org.theine.jcache.history;

import java.util.function.IntUnaryOperator;

/**
 * A cache of which nothing leaves unasked but for the bound's sake: any entry, while the total is
 * beyond the maximum, and none when it is not. Stateless.
 *
 * <p>The state has the value of each key. Without a bound the keys have nothing in common.
 */
final class BoundModel implements Model {
  private static final int MASK = (1 << Stamp.CODE_BITS) - 1;

  private final int maximum;
  private final IntUnaryOperator weigher;

  private BoundModel(int maximum, IntUnaryOperator weigher) {
    this.maximum = maximum;
    this.weigher = weigher;
  }

  static BoundModel unbounded() {
    return new BoundModel(Integer.MAX_VALUE, code -> 0);
  }

  static BoundModel bounded(int maximum) {
    return new BoundModel(maximum, code -> 1);
  }

  /** Bounded by the weights of the codes. */
  static BoundModel weighted(int maximum, IntUnaryOperator weigher) {
    return new BoundModel(maximum, weigher);
  }

  @Override
  public long initial() {
    return 0;
  }

  @Override
  public void apply(long state, History history, Call call, int key, Successors into) {
    int after = call.action.effect.after(value(state, key), call, key);
    if (after != Effect.UNEXPLAINED) {
      into.add(with(state, key, after));
    }
  }

  @Override
  public void unasked(long state, History history, Successors into) {
    if (total(state) > maximum) {
      for (int key = 0; key < Call.KEYS; key++) {
        if (value(state, key) != 0) {
          into.add(with(state, key, 0));
        }
      }
    }
  }

  @Override
  public boolean isEnd(long state, History history, int keys) {
    for (int key = 0; key < Call.KEYS; key++) {
      if ((keys & 1 << key) != 0 && value(state, key) != history.left[key]) {
        return false;
      }
    }
    return total(state) <= maximum;
  }

  private int total(long state) {
    int total = 0;
    for (int key = 0; key < Call.KEYS; key++) {
      int value = value(state, key);
      total += value == 0 ? 0 : weigher.applyAsInt(value);
    }
    return total;
  }

  private static int value(long state, int key) {
    return (int) (state >>> key * Stamp.CODE_BITS) & MASK;
  }

  private static long with(long state, int key, int value) {
    int shift = key * Stamp.CODE_BITS;
    return state & ~((long) MASK << shift) | (long) value << shift;
  }
}

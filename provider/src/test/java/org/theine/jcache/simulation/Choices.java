package org.theine.jcache.simulation;

import java.util.Arrays;

/**
 * The random choices of a step. Each depends on the place where it is made alone - the step, which
 * callback of it, which choice there - so that leaving out a step or a callback's mischief changes
 * no other choice. For one thread.
 */
final class Choices {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** The places that enclose the present one, each with the number of choices made there. */
  private long[] places = new long[16];

  private int[] made = new int[16];
  private int top;

  static long mix(long number) {
    long mixed = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** Begins anew at a place. */
  void reset(long place) {
    top = 0;
    places[0] = mix(place);
    made[0] = 0;
  }

  /** Enters a place inside the present one. */
  void enter() {
    long place = next();
    if (++top == places.length) {
      places = Arrays.copyOf(places, 2 * top);
      made = Arrays.copyOf(made, 2 * top);
    }
    places[top] = place;
    made[top] = 0;
  }

  void leave() {
    top--;
  }

  /** Names the present place. */
  long place() {
    return places[top];
  }

  long next() {
    return mix(places[top] + ++made[top] * GOLDEN_RATIO);
  }

  /** A number from 0, below the limit. */
  int below(int limit) {
    return (int) ((next() >>> 33) % limit);
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return below(times) == 0;
  }

  @SafeVarargs
  final <T> T of(T... all) {
    return all[below(all.length)];
  }
}

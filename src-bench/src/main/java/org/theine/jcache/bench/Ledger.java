package org.theine.jcache.bench;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.CacheEntryEvictedListener;

/** A listener that writes down what it is told about each value. Safe for any thread. */
final class Ledger
    implements CacheEntryCreatedListener<Long, Payload>,
        CacheEntryUpdatedListener<Long, Payload>,
        CacheEntryRemovedListener<Long, Payload>,
        CacheEntryExpiredListener<Long, Payload>,
        CacheEntryEvictedListener<Long, Payload> {
  /*
   * Every value has a number of its own, so its life can be followed: it begins once, by creation
   * or as the new value of an update, and ends once, as the old value of an update or by removal,
   * expiration or eviction. One bit for each of these says what was told. A value that was told
   * the same twice, or its end before its beginning, gets a further bit, which makes its life
   * wrong whatever else it has.
   */

  /** What can be told of a value. */
  enum Told {
    CREATED,
    UPDATED,
    REPLACED,
    REMOVED,
    EXPIRED,
    EVICTED;

    private int bit() {
      return 1 << ordinal();
    }
  }

  private static final int BEGINNINGS = Told.CREATED.bit() | Told.UPDATED.bit();
  private static final int WRONG = 1 << Told.values().length;

  private final LongAdder[] counts = new LongAdder[Told.values().length];
  private final LongAdder nameless = new LongAdder();

  /** By serial, the bits of what was told. */
  private final AtomicIntegerArray lives;

  /**
   * By serial, when its beginning was told. Written before the bit in {@link #lives}, read after.
   */
  private final long[] begunNanos;

  /** By serial, when the expiration was told. Written and read likewise. */
  private final long[] expiredNanos;

  /** Makes a ledger for values with serials below {@code limit}. */
  Ledger(int limit) {
    this.lives = new AtomicIntegerArray(limit);
    this.begunNanos = new long[limit];
    this.expiredNanos = new long[limit];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> events) {
    for (CacheEntryEvent<? extends Long, ? extends Payload> event : events) {
      begin(Told.CREATED, event.getValue());
    }
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> events) {
    for (CacheEntryEvent<? extends Long, ? extends Payload> event : events) {
      enter(Told.REPLACED, event.getOldValue());
      begin(Told.UPDATED, event.getValue());
    }
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> events) {
    for (CacheEntryEvent<? extends Long, ? extends Payload> event : events) {
      enter(Told.REMOVED, event.getOldValue());
    }
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> events) {
    for (CacheEntryEvent<? extends Long, ? extends Payload> event : events) {
      Payload expired = event.getOldValue();
      if (expired != null) {
        expiredNanos[expired.serial()] = System.nanoTime();
      }
      enter(Told.EXPIRED, expired);
    }
  }

  @Override
  public void onEvicted(Iterable<CacheEntryEvent<? extends Long, ? extends Payload>> events) {
    for (CacheEntryEvent<? extends Long, ? extends Payload> event : events) {
      enter(Told.EVICTED, event.getOldValue());
    }
  }

  private void begin(Told told, @Nullable Payload payload) {
    if (payload != null) {
      begunNanos[payload.serial()] = System.nanoTime();
    }
    enter(told, payload);
  }

  private void enter(Told told, @Nullable Payload payload) {
    if (payload == null) {
      nameless.increment();
    } else {
      lives.accumulateAndGet(payload.serial(), told.bit(), Ledger::entered);
    }
    counts[told.ordinal()].increment();
  }

  private static int entered(int life, int bit) {
    boolean twice = (life & bit) != 0;
    boolean endFirst = (bit & BEGINNINGS) == 0 && (life & BEGINNINGS) == 0;
    return life | bit | (twice || endFirst ? WRONG : 0);
  }

  /** How often this was told. */
  long count(Told told) {
    return counts[told.ordinal()].sum();
  }

  /** The number of values whose end was told, whichever it was. */
  long ended() {
    return count(Told.REPLACED) + count(Told.REMOVED) + count(Told.EXPIRED) + count(Told.EVICTED);
  }

  /** The values below {@code limit} that did not begin once and then end once, as told. */
  long wrongLives(int limit) {
    long wrong = nameless.sum();
    for (int serial = 0; serial < limit; serial++) {
      int life = lives.get(serial);
      boolean begunOnce = Integer.bitCount(life & BEGINNINGS) == 1;
      boolean endedOnce = Integer.bitCount(life & ~BEGINNINGS & ~WRONG) == 1;
      if (!begunOnce || !endedOnce || (life & WRONG) != 0) {
        wrong++;
      }
    }
    return wrong;
  }

  /** Whether this was told of the value. */
  boolean wasTold(Told told, int serial) {
    return (lives.get(serial) & told.bit()) != 0;
  }

  /** Whether a beginning of the value was told: its creation, or that it replaced another. */
  boolean hasBegun(int serial) {
    return (lives.get(serial) & BEGINNINGS) != 0;
  }

  /** When the beginning of the value was told; only after it was, see {@link #hasBegun}. */
  long begunNanos(int serial) {
    return begunNanos[serial];
  }

  /** When the expiration of the value was told; only after it was, see {@link #wasTold}. */
  long expiredNanos(int serial) {
    return expiredNanos[serial];
  }
}

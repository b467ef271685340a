package org.theine.jcache.bench;

import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;
import org.theine.jcache.bench.Ledger.Told;

/**
 * One thread of the second pass: takes its part of the requests in the order and at the pace of the
 * trace, mostly by get, and counts what it was answered. Used by one thread; the counts are read
 * when it has ended.
 */
final class Visitor extends Thread {
  /** One request in so many replaces the value, one in so many removes the entry. */
  private static final int PUT_EVERY = 16;

  private static final int REMOVE_EVERY = 32;

  /** Requests between two looks at the clock; so many may come in a burst. */
  private static final int BURST = 64;

  private final Cache<Long, Payload> cache;
  private final Trace trace;
  private final PayloadSource source;
  private final Ledger ledger;
  private final ListenerPass.Settings settings;
  private final int number;

  private volatile int position;
  private long lookups;
  private long puts;
  private long putsThatCreated;
  private long removals;
  private long staleReads;
  private long sharedLoads;

  /** Makes visitor {@code number}, from 0; {@code ledger} is told of creations synchronously. */
  Visitor(
      Cache<Long, Payload> cache,
      Trace trace,
      PayloadSource source,
      Ledger ledger,
      ListenerPass.Settings settings,
      int number) {
    super("visitor-" + number);
    this.cache = cache;
    this.trace = trace;
    this.source = source;
    this.ledger = ledger;
    this.settings = settings;
    this.number = number;
  }

  @Override
  public void run() {
    long started = System.nanoTime();
    for (int i = 0; i < trace.length(); i++) {
      if (i % BURST == 0) {
        position = i;
        awaitTurn(started, i);
      }
      if (i % settings.threads() == number) {
        visit(i, trace.key(i));
      }
    }
    position = trace.length();
  }

  private void awaitTurn(long started, int index) {
    long due = (long) ((double) index / trace.length() * settings.length().toNanos());
    long wait;
    while ((wait = due - (System.nanoTime() - started)) > 0) {
      LockSupport.parkNanos(wait);
    }
  }

  private void visit(int index, long key) {
    lookups++;
    if (index % PUT_EVERY == PUT_EVERY / 2) {
      puts++;
      putsThatCreated += (cache.getAndPut(key, source.make(key)) == null) ? 1 : 0;
      return;
    }
    read(key);
    if (index % REMOVE_EVERY == REMOVE_EVERY / 3) {
      removals += cache.remove(key) ? 1 : 0;
    }
  }

  private void read(long key) {
    long before = System.nanoTime();
    Payload payload = cache.get(key);
    if (payload == null) {
      return;
    }
    if (isStale(payload.serial(), before)) {
      staleReads++;
    }
    if (isShared(payload.serial(), before)) {
      sharedLoads++;
    }
  }

  /*
   * A value whose creation was told a time to live before the get was due before the get. The
   * reverse cannot be said, so this never accuses a value that was only read late.
   */
  private boolean isStale(int serial, long before) {
    return ledger.wasTold(Told.CREATED, serial)
        && before - ledger.begunNanos(serial) >= settings.timeToLive().toNanos();
  }

  /*
   * Whether the get may have begun before another thread stored the value: it then may have missed
   * and waited for that thread's load, and counts as a miss without a load of its own.
   */
  private boolean isShared(int serial, long before) {
    boolean storedBefore = ledger.hasBegun(serial) && ledger.begunNanos(serial) - before < 0;
    return !storedBefore && source.maker(serial) != this;
  }

  /** How much of the trace lies behind this visitor, 0 to 1; for any thread. */
  double progress() {
    return (trace.length() == 0) ? 1 : (double) position / trace.length();
  }

  /** The calls that looked for a value: get and getAndPut. */
  long lookups() {
    return lookups;
  }

  /** The calls of getAndPut. */
  long puts() {
    return puts;
  }

  /** The calls of getAndPut that found nothing to replace. */
  long putsThatCreated() {
    return putsThatCreated;
  }

  /** The calls of remove that were answered by true. */
  long removals() {
    return removals;
  }

  /** The values read though their time to live was over. */
  long staleReads() {
    return staleReads;
  }

  /** The gets whose value another thread stored meanwhile: at most so many shared its load. */
  long sharedLoads() {
    return sharedLoads;
  }
}

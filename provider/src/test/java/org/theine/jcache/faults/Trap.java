package org.theine.jcache.faults;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every callback of a test passes here: it writes down who was called from where, and springs at
 * one call. Safe for use by several threads.
 */
final class Trap {
  /**
   * Where a callback was called.
   *
   * @param within the callbacks under way in the thread, the innermost first
   * @param inTask in another thread than the one of the operation
   */
  record Site(Callback callback, List<Callback> within, boolean inTask) {
    @Override
    public String toString() {
      return callback + (within.isEmpty() ? "" : " in " + within) + (inTask ? " in a task" : "");
    }
  }

  /** The callbacks under way in a thread; null while the test itself looks on. */
  private static final ThreadLocal<Deque<Callback>> UNDER_WAY =
      ThreadLocal.withInitial(ArrayDeque::new);

  private static final ThreadLocal<Boolean> LOOKING_ON = ThreadLocal.withInitial(() -> false);

  /** Methods that other threads may call without the lock of the shard. */
  private static final Set<String> LOCK_FREE = Set.of("find", "hit");

  /** How often each site has called; guarded by this. */
  private final Map<Site, Integer> calls = new LinkedHashMap<>();

  private final CountDownLatch struck = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean on;
  private volatile @Nullable Thread operator;
  private volatile @Nullable Site armedSite;
  private volatile int armedCall;
  private volatile @Nullable Fault fault;
  private volatile @Nullable Throwable thrown;
  private volatile boolean shardLocked;

  /** From now on calls are counted; the calling thread runs the operation. */
  void watch() {
    operator = Thread.currentThread();
    on = true;
  }

  /** The operation has returned; its thread may be used for other things. */
  void leave() {
    operator = null;
  }

  void arm(Site site, int call, Fault newFault) {
    armedSite = site;
    armedCall = call;
    fault = newFault;
  }

  void disarm() {
    on = false;
  }

  /** Runs what a callback does, after the trap. */
  <T extends @Nullable Object> T during(Callback callback, Supplier<T> body) {
    visit(callback);
    Deque<Callback> underWay = UNDER_WAY.get();
    underWay.push(callback);
    try {
      return body.get();
    } finally {
      underWay.pop();
    }
  }

  /** Runs what the test does to look on: no callback of it counts. */
  static <T extends @Nullable Object> T lookingOn(Supplier<T> body) {
    boolean before = LOOKING_ON.get();
    LOOKING_ON.set(true);
    try {
      return body.get();
    } finally {
      LOOKING_ON.set(before);
    }
  }

  static boolean isLookingOn() {
    return LOOKING_ON.get();
  }

  void visit(Callback callback) {
    if (!on || LOOKING_ON.get()) {
      return;
    }
    Site site =
        new Site(callback, List.copyOf(UNDER_WAY.get()), Thread.currentThread() != operator);
    boolean springs;
    synchronized (this) {
      int number = calls.merge(site, 1, Integer::sum);
      springs = site.equals(armedSite) && number == armedCall;
    }
    Fault struckBy = fault;
    if (springs && struckBy != null) {
      strike(struckBy);
    }
  }

  private void strike(Fault struckBy) {
    if (struckBy.isThrown()) {
      Throwable failure = struckBy.failure();
      thrown = failure;
      struck.countDown();
      Trap.<RuntimeException>sneak(failure);
    }
    shardLocked = underShardLock();
    struck.countDown();
    if (struckBy == Fault.INTERRUPTED) {
      Thread.currentThread().interrupt();
    } else {
      await(released, "the test does not release a callback");
    }
  }

  @SuppressWarnings("unchecked") // what is thrown need not be a runtime exception
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  private static boolean underShardLock() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().equals("org.theine.jcache.store.Shard")
                            && !LOCK_FREE.contains(frame.getMethodName())));
  }

  /** The calls so far, by site. */
  synchronized Map<Site, Integer> calls() {
    return new LinkedHashMap<>(calls);
  }

  boolean hasStruck() {
    return struck.getCount() == 0;
  }

  /** Whether the callback that has been struck runs under the lock of the shard. */
  boolean isShardLocked() {
    return shardLocked;
  }

  void release() {
    released.countDown();
  }

  /** What was thrown; for a trap that has struck and throws. */
  @Nullable Throwable thrown() {
    return thrown;
  }

  private static void await(CountDownLatch latch, String otherwise) {
    boolean interrupted = false;
    try {
      for (; ; ) {
        try {
          if (!latch.await(Threads.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(otherwise);
          }
          return;
        } catch (InterruptedException e) { // a callback that takes no notice
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

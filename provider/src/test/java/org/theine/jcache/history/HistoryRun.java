package org.theine.jcache.history;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.Task;
import org.theine.jcache.TheineCachingProvider;

/**
 * Many histories of one setting, one after the other, each of them on real threads; stops at the
 * first that nothing explains. Used by one thread, which the workers work for.
 */
final class HistoryRun {
  /*
   * A batch of histories, each with a cache of its own, is planned, then run, then checked. What had ended when a
   * call began is known by a counter of each thread: set with release when a call has ended, read with acquire
   * before a call begins. That takes no fence and no contended line, so that it hides no reordering, and errs on the
   * side of calls that overlap: what is seen to have ended has happened before.
   */

  static final int AUDIT_EVERY = 8;

  /** Histories with calls that overlap, without which a run proves nothing. */
  static final int ENOUGH = 50;

  /** How long a machine that is busy with other things may take for them. */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** Without another history for so long, the threads hang. */
  private static final int STALLED_SECONDS = 120;

  /** Histories of a batch. */
  static final int BATCH = 64;

  /** Turns of waiting for the others before the processor is left to them: some 20 us. */
  private static final int SPINS = 400;

  /** Turns of waiting for those who are about to come, too. */
  private static final int MANY_SPINS = 20_000;

  private static final long NAP_NANOS = 20_000;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Longs between two counters: two cache lines. */
  private static final int STRIDE = 16;

  /** Numbers that a history takes of a counter. */
  private static final int COUNTS = History.LENGTH + 1;

  final int threads;
  final List<Subject> subjects = new ArrayList<>();

  private final Setting setting;
  private final long seed;
  private final Goal goal;
  private final long begun = System.nanoTime();
  private final LongAdder overlapping = new LongAdder();

  /** Decided by one worker between two batches. */
  private volatile boolean over;

  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong ready = new AtomicLong();
  private final AtomicLongArray ended;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private HistoryRun(Setting setting, long seed, Goal goal) {
    this.setting = setting;
    this.threads = setting.threads();
    this.seed = seed;
    this.goal = goal;
    this.ended = new AtomicLongArray((threads + 1) * STRIDE);
  }

  /** What a run has come to. */
  record Figures(long histories, long overlapping, long calls, long overlaps) {}

  /**
   * When a run ends: after so many histories; before, when the time is over and {@link #ENOUGH}
   * have overlapped.
   */
  record Goal(long histories, long nanos) {
    static Goal of(long histories) {
      return new Goal(histories, Long.MAX_VALUE);
    }
  }

  /** Runs histories on caches of a setting. */
  static Figures run(Setting setting, long seed, Goal goal) throws InterruptedException {
    return run(setting, seed, goal, UnaryOperator.identity());
  }

  /**
   * Runs histories on something else than the caches of a setting.
   *
   * @param disguise makes it of a cache
   * @throws AssertionError at a history that nothing explains, which it shows
   */
  static Figures run(
      Setting setting, long seed, Goal goal, UnaryOperator<Cache<Key, Stamp>> disguise)
      throws InterruptedException {
    TheineCachingProvider provider = new TheineCachingProvider();
    Figures figures;
    try {
      CacheManager manager = provider.getCacheManager(URI.create("histories"), null);
      HistoryRun run = new HistoryRun(setting, seed, goal);
      for (int i = 0; i < BATCH; i++) {
        run.subjects.add(new Subject(setting, manager, "cache-" + i, disguise));
      }
      figures = run.work();
    } catch (Throwable e) {
      Task.run(provider::close); // not waited for: where threads hang it may hang as well
      throw e;
    }
    Task.run(provider::close).result();
    return figures;
  }

  private Figures work() throws InterruptedException {
    List<Worker> workers = new ArrayList<>();
    for (int id = 0; id < threads; id++) {
      workers.add(new Worker(this, id, new Search(setting.model())));
    }
    workers.forEach(Thread::start);
    awaitEnd(workers);
    Throwable failed = failure.get();
    if (failed instanceof AssertionError error) {
      throw error;
    }
    if (failed != null) {
      throw new AssertionError("setting " + setting + ", seed " + seed, failed);
    }
    long histories = workers.stream().mapToLong(worker -> worker.histories).sum();
    return new Figures(
        histories,
        overlapping.sum(),
        histories * threads * History.LENGTH,
        workers.stream().mapToLong(worker -> worker.overlaps).sum());
  }

  /** A call that waits for ever is a finding too. */
  private void awaitEnd(List<Worker> workers) throws InterruptedException {
    long seen = -1;
    for (int stalled = 0; stalled < STALLED_SECONDS; stalled++) {
      for (Worker worker : workers) {
        worker.join(TimeUnit.SECONDS.toMillis(1) / workers.size());
      }
      if (workers.stream().noneMatch(Thread::isAlive)) {
        return;
      }
      long done = workers.stream().mapToLong(worker -> worker.histories).sum();
      stalled = done == seen ? stalled : 0;
      seen = done;
    }
    StringBuilder stacks = new StringBuilder();
    for (Worker worker : workers) {
      stacks.append(worker).append(System.lineSeparator());
      for (StackTraceElement frame : worker.getStackTrace()) {
        stacks.append("    at ").append(frame).append(System.lineSeparator());
      }
    }
    throw new AssertionError("hangs: setting " + setting + ", seed " + seed + "\n" + stacks);
  }

  String describe(Subject subject, String wrong) {
    return "%s%nsetting %s, seed %d, history %d:%n%s"
        .formatted(wrong, setting, seed, subject.history.number, subject.history);
  }

  // ------------------------------------------------------------------------------- for the workers

  /** Whether there is another batch; the same for all workers. */
  boolean isOver() {
    return over;
  }

  /** Decides whether the batch that begins with a history is left out; by one worker, at rest. */
  void decide(long first) {
    long passed = System.nanoTime() - begun;
    over =
        first >= goal.histories
            || passed > goal.nanos && (overlapping.sum() >= ENOUGH || passed > PATIENCE_NANOS);
  }

  void countOverlapping() {
    overlapping.increment();
  }

  /** Plans a worker's share of a batch. */
  void plan(int id, long first) {
    for (int i = id; i < BATCH; i += threads) {
      subjects.get(i).begin(first + i, seed);
    }
  }

  /** Waits until all workers have come here, or one has failed. */
  void await() {
    await(arrived, SPINS);
  }

  /**
   * As {@link #await()}, and goes on at one time with the others: who sleeps when the last one
   * comes is waited for. Sleepers are soon awake, however busy the machine, as they use so little
   * of it.
   */
  void awaitStart() {
    await(arrived, SPINS);
    await(ready, threads > PROCESSORS ? SPINS : MANY_SPINS);
  }

  private void await(AtomicLong counter, int limit) {
    long mine = counter.getAndIncrement();
    long all = mine - mine % threads + threads;
    for (int spins = 0; counter.get() < all; spins++) {
      if (failure.get() != null) {
        throw new IllegalStateException("another worker has failed");
      }
      if (spins < limit) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  /** Writes down what has ended before the call. */
  void begin(Call call, long history) {
    for (int thread = 0; thread < threads; thread++) {
      if (thread != call.thread) {
        long count = ended.getAcquire((thread + 1) * STRIDE) - history * COUNTS;
        call.began[thread] = (int) Math.max(0, count);
      }
    }
  }

  void end(Call call, long history) {
    ended.setRelease((call.thread + 1) * STRIDE, history * COUNTS + call.index + 1);
  }

  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
  }
}

package org.theine.jcache.timer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExpirationThreadTest {
  private static final long PERIOD = 1_000_000;

  private final AtomicLong ticker = new AtomicLong();
  private final Clock clock = new Clock(ticker::get, false);
  private final ExpirationThread expiration = new ExpirationThread(clock, PERIOD);

  /** What the tests registered: the thread holds them weakly. */
  private final List<ExpirationThread.Task> kept = new ArrayList<>();

  private <T extends ExpirationThread.Task> T register(T task) {
    kept.add(task);
    expiration.add(task);
    return task;
  }

  @AfterEach
  void unregisterAll() throws InterruptedException {
    Thread thread = expiration.thread();
    kept.forEach(expiration::remove);
    if (thread != null) {
      thread.join();
    }
    assertThat(expiration.thread()).isNull();
  }

  private Thread thread() {
    return Objects.requireNonNull(expiration.thread(), "no thread");
  }

  @Test
  void thread_withoutTask_doesNotExist() {
    assertThat(expiration.thread()).isNull();
    expiration.remove(() -> {});
    assertThat(expiration.thread()).isNull();
  }

  @Test
  void register_firstTask_startsADaemonThatBelongsToNobody() {
    InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
    inherited.set("the application's");
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    AtomicReference<@Nullable String> seen = new AtomicReference<>("not called");
    CountDownLatch called = new CountDownLatch(1);
    try {
      Thread.currentThread().setContextClassLoader(new ClassLoader(own) {});
      register(
          () -> {
            seen.set(inherited.get());
            called.countDown();
          });
    } finally {
      Thread.currentThread().setContextClassLoader(own);
      inherited.remove();
    }
    await(called);
    assertThat(thread().getName()).isEqualTo("theine-jcache-expiration");
    assertThat(thread().isDaemon()).isTrue();
    assertThat(thread().getContextClassLoader()).isNull();
    assertThat(Objects.requireNonNull(thread().getThreadGroup()).getParent()).isNull();
    assertThat(seen.get()).isNull();
  }

  @Test
  void register_moreTasks_callsAllOfThemOnOneThread() {
    Calls first = register(new Calls(3));
    Thread thread = thread();
    Calls second = register(new Calls(3));
    await(first.done);
    await(second.done);
    assertThat(first.caller).hasValue(thread);
    assertThat(second.caller).hasValue(thread);
    assertThat(expiration.thread()).isSameAs(thread);
  }

  @Test
  void register_sameTaskTwice_isGoneWithOneUnregister() throws InterruptedException {
    Calls task = register(new Calls(1));
    expiration.add(task);
    Thread thread = thread();
    expiration.remove(task);
    thread.join();
    assertThat(expiration.thread()).isNull();
  }

  @Test
  void round_eachTime_advancesTheCoarseTime() {
    ticker.set(SECONDS.toNanos(7));
    assertThat(clock.coarseNanos()).isZero();
    Calls task = register(new Calls(2)); // the clock comes before the tasks
    await(task.done);
    assertThat(clock.coarseNanos()).isEqualTo(SECONDS.toNanos(7));
  }

  @Test
  void unregister_lastTask_endsTheThread() throws InterruptedException {
    Calls first = register(new Calls(1));
    Calls second = register(new Calls(2));
    Thread thread = thread();
    expiration.remove(first);
    await(second.done);
    assertThat(expiration.thread()).isSameAs(thread);
    expiration.remove(second);
    thread.join();
    assertThat(expiration.thread()).isNull();
  }

  @Test
  void unregister_whileTheThreadSleepsForLong_endsItAtOnce() throws InterruptedException {
    ExpirationThread sleepy = new ExpirationThread(clock, SECONDS.toNanos(1_000_000));
    ExpirationThread.Task task = () -> {};
    sleepy.add(task);
    Thread thread = Objects.requireNonNull(sleepy.thread());
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    sleepy.remove(task);
    thread.join();
    assertThat(sleepy.thread()).isNull();
  }

  @Test
  void unregister_bySiblingInTheSameRound_isNotCalledAnyMore() {
    AtomicInteger lateCalls = new AtomicInteger();
    ExpirationThread.Task second = lateCalls::incrementAndGet;
    CountDownLatch rounds = new CountDownLatch(5);
    CountDownLatch bothRegistered = new CountDownLatch(1);
    register(
        () -> {
          await(bothRegistered);
          expiration.remove(second);
          rounds.countDown();
        });
    register(second);
    bothRegistered.countDown();
    await(rounds);
    assertThat(lateCalls).hasValue(0);
  }

  @Test
  void unregister_byTheTaskItself_endsTheThread() throws InterruptedException {
    AtomicReference<ExpirationThread.@Nullable Task> self = new AtomicReference<>();
    CountDownLatch assigned = new CountDownLatch(1);
    ExpirationThread.Task task =
        () -> {
          await(assigned);
          expiration.remove(Objects.requireNonNull(self.get()));
        };
    self.set(task);
    register(task);
    Thread thread = thread();
    assigned.countDown();
    thread.join();
    assertThat(expiration.thread()).isNull();
  }

  @Test
  void register_afterTheEnd_startsANewThread() throws InterruptedException {
    Calls first = register(new Calls(1));
    Thread before = thread();
    expiration.remove(first);
    before.join();
    Calls second = register(new Calls(2));
    await(second.done);
    assertThat(thread()).isNotSameAs(before);
  }

  @Test
  void register_racingWithTheEnd_alwaysGetsAThread() {
    for (int i = 0; i < 500; i++) {
      Calls task = new Calls(1);
      expiration.add(task);
      await(task.done);
      expiration.remove(task); // the thread is about to end when the next task comes
    }
    assertThat(kept).isEmpty();
    Calls last = register(new Calls(2));
    await(last.done);
  }

  @Test
  void registerAndUnregister_byManyThreads_everyTaskIsCalledAndNoThreadIsLeft() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        futures.add(
            executor.submit(
                () -> {
                  for (int j = 0; j < 100; j++) {
                    Calls task = new Calls(1);
                    expiration.add(task);
                    await(task.done);
                    expiration.remove(task);
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      executor.shutdownNow();
    }
    Thread thread = expiration.thread();
    if (thread != null) {
      thread.join();
    }
    assertThat(expiration.thread()).isNull();
  }

  @Test
  void task_thatNobodyKeeps_isCollectedAndEndsTheThread() throws InterruptedException {
    WeakReference<Calls> task = registerAndForget();
    Thread thread = thread();
    while (thread.isAlive()) {
      System.gc();
      thread.join(10);
    }
    assertThat(task.get()).isNull();
    assertThat(expiration.thread()).isNull();
  }

  private WeakReference<Calls> registerAndForget() {
    Calls task = new Calls(2);
    expiration.add(task);
    await(task.done);
    return new WeakReference<>(task);
  }

  @Test
  void task_thatThrows_isLoggedOnceAndStopsNobody() {
    IllegalStateException failure = new IllegalStateException("broken");
    List<LogRecord> records = new CopyOnWriteArrayList<>();
    Calls failing = new Calls(5, "cache 'users'", failure);
    Calls error = new Calls(5, "cache 'orders'", new StackOverflowError());
    Calls healthy = new Calls(5);
    recording(
        records,
        () -> {
          register(failing);
          register(error);
          register(healthy);
          await(failing.done);
          await(error.done);
          await(healthy.done);
        });
    assertThat(records).hasSize(2);
    assertThat(records)
        .extracting(LogRecord::getMessage)
        .anyMatch(message -> message.contains("cache 'users'"))
        .anyMatch(message -> message.contains("cache 'orders'"));
    assertThat(records).extracting(LogRecord::getThrown).contains(failure);
  }

  @Test
  void task_whoseNameThrowsToo_stopsNobody() {
    List<LogRecord> records = new CopyOnWriteArrayList<>();
    Calls failing = new Calls(3, null, new IllegalStateException("broken"));
    Calls healthy = new Calls(3);
    recording(
        records,
        () -> {
          register(failing);
          register(healthy);
          await(failing.done);
          await(healthy.done);
        });
    assertThat(records).isEmpty();
  }

  private static void recording(List<LogRecord> records, Runnable action) {
    Logger logger = Logger.getLogger(ExpirationThread.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void thread_interrupted_goesOn() {
    register(new Calls(1));
    thread().interrupt();
    Calls task = register(new Calls(3));
    await(task.done);
    assertThat(thread().isAlive()).isTrue();
  }

  @Test
  void shared_registerAndUnregister_callsTheTask() {
    Calls task = new Calls(1);
    ExpirationThread.register(task);
    await(task.done);
    ExpirationThread.unregister(task);
    assertThat(Objects.requireNonNull(task.caller.get()).getName())
        .isEqualTo("theine-jcache-expiration");
  }

  @Test
  void shared_unregistered_isNotCalledAnyMore() {
    CountingTask gone = new CountingTask();
    Calls other = new Calls(1);
    ExpirationThread.register(gone);
    ExpirationThread.register(other);
    await(other.done);
    ExpirationThread.unregister(gone);
    Calls next = new Calls(1); // a call that was under way has ended with its round
    ExpirationThread.register(next);
    await(next.done);
    int calls = gone.calls.get();
    Calls later = new Calls(2);
    ExpirationThread.register(later);
    await(later.done);
    for (ExpirationThread.Task task : List.of(other, next, later)) {
      ExpirationThread.unregister(task);
    }
    assertThat(gone.calls).hasValue(calls);
  }

  private static final class CountingTask implements ExpirationThread.Task {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public void tick() {
      calls.incrementAndGet();
    }
  }

  @Test
  void register_byAThreadOfLowPriority_threadHasTheNormalOne() {
    int own = Thread.currentThread().getPriority();
    try {
      Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
      register(new Calls(1));
    } finally {
      Thread.currentThread().setPriority(own);
    }
    assertThat(thread().getPriority()).isEqualTo(Thread.NORM_PRIORITY);
  }

  @Test
  void register_null_isRefused() {
    assertThatThrownBy(() -> ExpirationThread.register(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("task");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, SECONDS)).as("called in time").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Counts its calls, and fails after each if it is to. */
  private static final class Calls implements ExpirationThread.Task {
    final CountDownLatch done;
    final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
    private final @Nullable String name;
    private final @Nullable Throwable failure;

    Calls(int count) {
      this(count, "calls", null);
    }

    Calls(int count, @Nullable String name, @Nullable Throwable failure) {
      this.done = new CountDownLatch(count);
      this.name = name;
      this.failure = failure;
    }

    @Override
    public void tick() {
      caller.set(Thread.currentThread());
      done.countDown();
      if (failure instanceof Error error) {
        throw error;
      } else if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }

    @Override
    public String toString() {
      return Objects.requireNonNull(name, "no name");
    }
  }
}

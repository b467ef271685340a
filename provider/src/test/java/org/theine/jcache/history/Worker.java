package org.theine.jcache.history;

import org.jspecify.annotations.Nullable;

/**
 * One of the threads of a run. It plans and checks its share of the histories of a batch, and makes
 * its calls of each of them.
 */
final class Worker extends Thread {
  private final HistoryRun run;
  private final int id;
  private final Search search;

  private @Nullable Call call;

  // What it has counted; read by others when it has ended.
  long histories;
  long overlaps;

  Worker(HistoryRun run, int id, Search search) {
    super("history-" + id);
    setDaemon(true);
    this.run = run;
    this.id = id;
    this.search = search;
  }

  /** The call that runs in this thread. */
  static Call currentCall() {
    Call current = ((Worker) Thread.currentThread()).call;
    if (current == null) {
      throw new AssertionError("no call is under way");
    }
    return current;
  }

  /** In the middle of an operation, where the cache calls user code: takes its time. */
  static void pauseInside() {
    if (Thread.currentThread() instanceof Worker worker && worker.call != null) {
      Subject.pause(worker.call);
    }
  }

  @Override
  public void run() {
    try {
      for (long first = 0; ; first += HistoryRun.BATCH) {
        if (id == 0) {
          run.decide(first);
        }
        run.plan(id, first);
        run.await();
        if (run.isOver()) {
          return;
        }
        for (Subject subject : run.subjects) {
          run.awaitStart();
          perform(subject);
        }
        run.await();
        check();
        run.await();
      }
    } catch (Throwable e) {
      run.fail(e);
    }
  }

  private void perform(Subject subject) {
    for (Call next : subject.history.calls[id]) {
      call = next;
      idle(next.pause);
      run.begin(next, subject.history.number);
      try {
        next.action.run(subject, next);
      } catch (Throwable e) {
        next.failure = e;
      }
      run.end(next, subject.history.number);
    }
    call = null;
  }

  private static void idle(int turns) {
    for (int i = 0; i < turns; i++) {
      Thread.onSpinWait();
    }
  }

  private void check() {
    for (int i = id; i < run.subjects.size(); i += run.threads) {
      Subject subject = run.subjects.get(i);
      String wrong = subject.end(search);
      if (wrong != null) {
        throw new AssertionError(run.describe(subject, wrong));
      }
      int pairs = subject.history.overlaps();
      histories++;
      overlaps += pairs;
      if (pairs > 0) {
        run.countOverlapping();
      }
      if (subject.history.number % HistoryRun.AUDIT_EVERY == 0) {
        subject.audit();
      }
    }
  }
}

package org.theine.jcache.hibernate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the same work in several threads and waits for all. Stateless. */
final class Threads {
  private static final long PATIENCE_SECONDS = 120;

  private Threads() {}

  /** What a thread does, told which one it is, from 0 on. */
  interface Work {
    void of(int thread) throws Exception;
  }

  static void run(int number, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(number);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        int thread = i;
        tasks.add(
            () -> {
              work.of(thread);
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(tasks, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}

package org.theine.jcache.bench.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

/** Replays a workload through caches: get, and put after a miss. One use at a time. */
final class Replayer {
  /** How often, in a replay, a thread looks what the cache holds. */
  private static final int LOOKS = 1000;

  private final Workload workload;
  private final LongConsumer progress;

  /** Prepares replays; {@code progress} is told of requests when they are done. */
  Replayer(Workload workload, LongConsumer progress) {
    this.workload = workload;
    this.progress = progress;
  }

  /** What a part of a replay, or a whole one, came to. */
  private record Run(long hits, long hitWeight, long liveMaximum) {

    Run plus(Run other) {
      return new Run(
          hits + other.hits, hitWeight + other.hitWeight, Math.max(liveMaximum, other.liveMaximum));
    }

    Run seen(long live) {
      return new Run(hits, hitWeight, Math.max(liveMaximum, live));
    }
  }

  /** Replays the workload as often as the contender says. */
  Measurement measure(Contender contender, long maximum) throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < contender.runs(); i++) {
      runs.add(run(contender, new Bound(maximum, workload.weighted(), contender.shards())));
    }
    double requests = Math.max(1, workload.trace().length());
    double lowest = runs.stream().mapToLong(Run::hits).min().orElse(0) / requests;
    double highest = runs.stream().mapToLong(Run::hits).max().orElse(0) / requests;
    Run sum = runs.stream().reduce(new Run(0, 0, 0), Run::plus);
    double total = Math.max(1, (double) workload.totalWeight() * runs.size());
    long allowed = maximum + contender.threads() - 1; // what the others are just putting
    return new Measurement(
        sum.hits() / (requests * runs.size()),
        sum.hitWeight() / total,
        sum.liveMaximum(),
        runs.size(),
        highest - lowest,
        sum.liveMaximum() > allowed);
  }

  private Run run(Contender contender, Bound bound) throws InterruptedException {
    int length = workload.trace().length();
    try (ReplayedCache cache = contender.provider().open(bound)) {
      Run run =
          contender.threads() == 1
              ? replay(cache, 0, length, at -> turn(length, contender.parts(), at))
              : together(cache, contender.threads());
      return run.seen(cache.live()).seen(cache.counted());
    }
  }

  /** Replays as many parts of equal length as there are threads, at the same time. */
  private Run together(ReplayedCache cache, int threads) throws InterruptedException {
    long length = workload.trace().length();
    List<Callable<Run>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int from = (int) (length * i / threads);
      int to = (int) (length * (i + 1) / threads);
      parts.add(() -> replay(cache, from, to, IntUnaryOperator.identity()));
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      Run sum = new Run(0, 0, 0);
      for (Future<Run> part : executor.invokeAll(parts)) {
        sum = sum.plus(part.get());
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a replaying thread failed: " + e.getCause(), e.getCause());
    } finally {
      executor.shutdown();
    }
  }

  /** The request that comes at a place if one of each part is taken in turn. */
  static int turn(int length, int parts, int at) {
    int whole = length / parts * parts;
    return at < whole ? at % parts * (length / parts) + at / parts : at;
  }

  private Run replay(ReplayedCache cache, int from, int to, IntUnaryOperator order) {
    int interval = Math.max(1, (to - from) / LOOKS);
    long hits = 0;
    long hitWeight = 0;
    long live = 0;
    for (int start = from; start < to; start += interval) {
      int end = Math.min(to, start + interval);
      for (int i = start; i < end; i++) {
        int index = order.applyAsInt(i);
        Integer weight = workload.weight(index);
        if (cache.request(workload.key(index), weight)) {
          hits++;
          hitWeight += weight;
        }
      }
      live = Math.max(live, cache.live());
      progress.accept(end - start);
    }
    return new Run(hits, hitWeight, live);
  }
}

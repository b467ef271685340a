package org.theine.jcache.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What several threads called at once, a few calls each, on a cache that was empty, and what came
 * of it. Used again for the next one.
 */
final class History {
  /** The calls of each thread. */
  static final int LENGTH = 6;

  final int threads;
  final int length = LENGTH;
  final Call[][] calls;

  long number;

  /** What was in the cache when all had ended, by key; 0 for none. */
  final int[] left = new int[Call.KEYS];

  History(int threads, long number) {
    this.threads = threads;
    this.number = number;
    this.calls = new Call[threads][LENGTH];
    for (int thread = 0; thread < threads; thread++) {
      for (int index = 0; index < LENGTH; index++) {
        calls[thread][index] = new Call(thread, index, threads);
      }
    }
  }

  void reset(long newNumber) {
    number = newNumber;
    for (Call[] ofThread : calls) {
      for (Call call : ofThread) {
        call.reset();
      }
    }
  }

  List<Call> all() {
    List<Call> all = new ArrayList<>();
    for (Call[] ofThread : calls) {
      all.addAll(List.of(ofThread));
    }
    return all;
  }

  /** Pairs of calls on one key whose intervals overlap. */
  int overlaps() {
    int overlaps = 0;
    for (int thread = 0; thread < threads; thread++) {
      for (int other = thread + 1; other < threads; other++) {
        for (Call one : calls[thread]) {
          for (Call two : calls[other]) {
            if ((one.keys & two.keys) != 0 && one.overlaps(two)) {
              overlaps++;
            }
          }
        }
      }
    }
    return overlaps;
  }

  /** The time that had come at least when a call began. */
  int earliest(Call call) {
    int time = 0;
    for (Call[] ofThread : calls) {
      for (Call other : ofThread) {
        if (other.ticks != 0 && call.isAfter(other)) {
          time += other.ticks;
        }
      }
    }
    return time;
  }

  /** The time that had come at most when a call ended. */
  int latest(Call call) {
    int time = 0;
    for (Call[] ofThread : calls) {
      for (Call other : ofThread) {
        if (other.ticks != 0 && !other.isAfter(call)) {
          time += other.ticks;
        }
      }
    }
    return time;
  }

  /** The calls, each after those that had ended before it began. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int[] shown = new int[threads];
    List<Call> left = all();
    while (!left.isEmpty()) {
      Call next = left.stream().filter(call -> isNext(call, shown)).findFirst().orElseThrow();
      text.append("  ".repeat(1 + 2 * next.thread)).append(next).append('\n');
      shown[next.thread]++;
      left.remove(next);
    }
    text.append("  left:");
    for (int key = 0; key < Call.KEYS; key++) {
      text.append(" k").append(key).append('=').append(Stamp.nameOf(this.left[key]));
    }
    return text.append('\n').toString();
  }

  private boolean isNext(Call call, int[] shown) {
    boolean next = call.index == shown[call.thread];
    for (int thread = 0; thread < threads; thread++) {
      next &= thread == call.thread || call.began[thread] <= shown[thread];
    }
    return next;
  }
}

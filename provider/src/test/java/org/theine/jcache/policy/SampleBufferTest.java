package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleBufferTest {
  private final SampleBuffer buffer = new SampleBuffer();

  @Test
  void add_byOneThread_losesNothingAndKeepsTheOrder() {
    List<Long> drained = new ArrayList<>();
    for (long hash = 0; hash < 1_000; hash++) {
      if (buffer.add(hash)) {
        buffer.drainTo(drained::add);
      }
    }
    buffer.drainTo(drained::add);
    assertThat(drained).containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void add_untilFull_tellsSoEachTime() {
    for (int i = 1; i < SampleBuffer.LENGTH; i++) {
      assertThat(buffer.add(i)).as("hash %d", i).isFalse();
    }
    assertThat(buffer.add(100)).isTrue();
    assertThat(buffer.add(101)).as("nobody has emptied it").isTrue();
    buffer.empty();
    assertThat(buffer.add(102)).isFalse();
  }

  @Test
  void drain_empty_givesNothing() {
    List<Long> drained = new ArrayList<>();
    buffer.drainTo(drained::add);
    buffer.add(1);
    buffer.empty();
    buffer.drainTo(drained::add);
    assertThat(drained).isEmpty();
  }

  @Test
  void count_aTally_tellsItsMissesOnceAndBeginsAnew() {
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i < SampleBuffer.TALLY; i++) {
        assertThat(buffer.count(i % 4 != 0)).as("request %d", i).isNegative();
      }
      assertThat(buffer.count(false)).isEqualTo(SampleBuffer.TALLY / 4);
    }
    for (int i = 1; i < SampleBuffer.TALLY; i++) {
      buffer.count(true);
    }
    assertThat(buffer.count(true)).isZero();
  }

  @Test
  void count_betweenHashes_disturbsThemNot() {
    List<Long> drained = new ArrayList<>();
    for (long hash = 1; hash < SampleBuffer.LENGTH; hash++) {
      assertThat(buffer.add(hash)).isFalse();
      buffer.count(hash % 2 == 0);
    }
    buffer.drainTo(drained::add);
    assertThat(drained)
        .containsExactlyElementsOf(LongStream.range(1, SampleBuffer.LENGTH).boxed().toList());
  }

  /** Some may be lost or seen twice, but none is made up. */
  @Test
  void add_byManyThreads_givesOnlyWhatWasAdded() throws Exception {
    Set<Long> drained = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int t = 1; t <= 8; t++) {
      long base = t * 1_000_000L;
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  if (buffer.add(base + i)) {
                    buffer.drainTo(drained::add);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(drained).hasSizeGreaterThan(10_000);
    assertThat(drained)
        .allMatch(hash -> hash / 1_000_000 >= 1 && hash / 1_000_000 <= 8)
        .allMatch(hash -> hash % 1_000_000 < 100_000);
  }
}
